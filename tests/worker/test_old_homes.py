"""Models of an older version answer as they did, and a run that was interrupted then goes on now."""

import numpy as np
import pytest

from seqcore.analysis.evaluation import read_evaluation
from seqcore.analysis.predictions import read_predictions
from seqcore.inspections import get_inspection
from seqcore.store import RunState
from seqcore.store.artifacts import CHECKPOINT
from seqcore.worker.runtime.answering import answer
from seqcore.worker.runtime.finished_model import load_finished
from seqcore.worker.train import train_run
from tests.old_homes.opening import KEPT, WORKSPACE, answers, copy_home, left_alone_and_interrupted
from tests.worker.interruption import steps_taken

SAME = {"rtol": 1e-4, "atol": 1e-5}  # the same numbers but for the last digits of another processor


@pytest.fixture(scope="module", params=sorted(KEPT))
def version(request):
    return request.param


@pytest.fixture(scope="module")
def old(version, tmp_path_factory):
    store = copy_home(version, tmp_path_factory.mktemp("old") / "home")
    yield store
    load_finished.cache_clear()
    store.close()


def ask(store, name, run_id, **values):
    return answer(name, run_id, get_inspection(name).validated(values), store)


def test_every_model_predicts_what_it_predicted(version, old):
    for run_id, said in answers(version)["predict"].items():
        texts = tuple(each["text"] for each in said["predictions"])
        found = ask(old, "predict", run_id, texts=texts)
        assert list(found.classes) == said["classes"]
        told = [(row, each["probabilities"]) for row, each in enumerate(said["predictions"]) if each["probabilities"]]
        assert len(told) >= 2  # later versions tell nothing of texts of which a model knows no word
        for row, probabilities in told:
            np.testing.assert_allclose(found.probabilities[row], list(probabilities.values()), **SAME)


def test_a_model_with_attention_looks_where_it_looked(version, old):
    for run_id, said in answers(version)["attention"].items():
        found = ask(old, "attention", run_id, text=said["text"])
        np.testing.assert_allclose(found.probabilities, said["probabilities"], **SAME)
        now, then = [step.model_dump() for step in found.tokens], said["tokens"]
        assert [(step["start"], step["end"]) for step in now] == [(step["start"], step["end"]) for step in then]
        np.testing.assert_allclose([step["weight"] for step in now], [step["weight"] for step in then], **SAME)


def test_an_interrupted_run_goes_on_from_its_old_checkpoint_to_the_numbers_of_the_undisturbed_one(old):
    undisturbed, interrupted = left_alone_and_interrupted(old)
    epochs = int(interrupted.epoch)
    assert epochs >= 1
    assert old.artifacts.has(interrupted.id, CHECKPOINT)
    old.queue.resume(WORKSPACE, [interrupted.id])
    with steps_taken() as taken:
        train_run(interrupted.id, old, "here")
    resumed = old.runs.find(interrupted.id)
    assert (resumed.state, resumed.message) == (RunState.FINISHED, "")
    assert 1 < taken[0] < taken[-1]  # not from the beginning
    assert_the_same_numbers(old, undisturbed, resumed)


def assert_the_same_numbers(store, undisturbed, resumed):
    assert resumed.scores.accuracy == pytest.approx(undisturbed.scores.accuracy)
    assert resumed.scores.loss == pytest.approx(undisturbed.scores.loss, rel=1e-4)
    (one, first), (other, second) = (last_numbers(store, run) for run in (undisturbed, resumed))
    assert one == other
    np.testing.assert_allclose(second, first, **SAME)
    then, now = (predictions(store, run) for run in (undisturbed, resumed))
    np.testing.assert_array_equal(now.rows, then.rows)
    np.testing.assert_allclose(now.confidence, then.confidence, **SAME)


def last_numbers(store, run):
    """Step of each moment of validation, and the loss there."""
    rows = [row for _, _, row in store.measurements.rows([run.id]) if row.split == "validation"]
    return [row.step for row in rows], [row.loss for row in rows]


def predictions(store, run):
    evaluation = read_evaluation(store.artifacts.read(run.id, "evaluation.json"))
    return read_predictions(store.artifacts.read(run.id, "predictions.parquet"), evaluation.classes)
