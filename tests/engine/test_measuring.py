"""Measuring on an engine: on one worker, while nothing trains, and in the way of nobody."""

import threading

import pytest

from seqcore.errors import EngineError, TrainingError
from seqcore.lab.measure.measurer import WAITING, Measurer
from seqcore.spec import RunSpec
from seqcore.store import DONE, RunState
from tests.waiting import until

pytestmark = pytest.mark.engine


def spec(architecture="lstm"):
    return RunSpec(dataset="0", architecture=architecture)


def measured(lab, architecture="lstm"):
    pending = lab.engine.measure(spec(architecture), lab.dataset.id)
    until(pending.done)
    return pending.result()


def test_all_models_are_measured_by_one_process(lab):
    until(lambda: lab.training_workers() == 2)
    assert len({measured(lab).steps for _ in range(6)}) == 1


def test_while_something_trains_there_is_no_result_and_then_there_is_one(lab):
    (run_id,) = lab.queue("until_cancelled")
    lab.engine.submit([run_id])
    lab.reached(run_id, RunState.TRAINING)
    assert lab.engine.trains()
    told, found = [], []
    measurer = Measurer(lab.engine, told.append, threading.Event(), poll=0.02)
    thread = threading.Thread(target=lambda: found.append(measurer.measure(spec(), lab.dataset.id, "LSTM")))
    thread.start()
    until(lambda: WAITING in told)
    lab.engine.stop([run_id])
    lab.reached(run_id, *DONE)
    thread.join(60)
    assert found[0].step_seconds == 0.5
    assert told[-1] == "Measuring LSTM"


def test_a_model_that_cannot_be_measured_says_why(lab):
    with pytest.raises(TrainingError, match="does not fit"):
        measured(lab, "refused")


def test_a_process_that_dies_of_it_is_replaced_and_trains(lab):
    with pytest.raises(EngineError, match="process that measured died"):
        measured(lab, "dies")
    until(lambda: lab.training_workers() == 2)
    run_ids = lab.queue("finish", "finish")
    lab.engine.submit(run_ids)
    until(lambda: lab.states(run_ids) == [RunState.FINISHED] * 2)
