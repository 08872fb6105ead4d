"""From submit to an answer with the real worker: TensorFlow, a small data set, little else."""

import os
import signal

import pytest

from seqcore.architectures import get_architecture
from seqcore.datasets.samples import load_sample
from seqcore.engine import Engine
from seqcore.inspections.prediction import PredictRequest
from seqcore.spec import RunSpec, TrainingOptions
from seqcore.store import DONE, RunState
from tests.engine.laboratory import Lab
from tests.waiting import until

pytestmark = pytest.mark.engine
SLOW_MACHINE = 240.0


class RealLab(Lab):
    """An engine with the real jobs and the sample data set."""

    def __init__(self, home):
        super().__init__(home)
        data = load_sample()
        self.dataset = self.store.datasets.add("me", data)
        self.engine = Engine.start(self.settings, training_workers=1)

    def train(self, architecture, epochs):
        small = {"embedding_size": 4, "units": 4} if architecture == "rnn" else {}
        options = get_architecture(architecture).validate_options(small).model_dump()
        spec = RunSpec(
            dataset=self.dataset.content_hash,
            architecture=architecture,
            model=options,
            training=TrainingOptions(epochs=epochs, early_stopping=0),
        )
        experiment = self.store.experiments.add("me", self.dataset.id, [spec])
        (run,) = self.store.runs.of("me", experiment.id)
        self.engine.submit([run.id])
        return run.id

    def done(self, run_id):
        return until(lambda: (run := self.store.runs.find(run_id)).state in DONE and run, seconds=SLOW_MACHINE)


@pytest.fixture(scope="module")
def real_lab(tmp_path_factory):
    lab = RealLab(tmp_path_factory.mktemp("real"))
    yield lab
    lab.engine.close()


def test_a_run_submitted_before_any_worker_is_ready_is_trained_and_answers(real_lab):
    run_id = real_lab.train("rnn", epochs=1)
    run = real_lab.done(run_id)
    assert (run.state, run.message) == (RunState.FINISHED, "")
    assert {"queued", "preparing", "training", "evaluating", "total"} <= run.seconds.keys()
    assert real_lab.store.measurements.rows([run_id])
    answer = real_lab.engine.ask("predict", run_id, PredictRequest(texts=("a fine film", "")), timeout=SLOW_MACHINE)
    assert answer.probabilities.sum(axis=1).tolist() == pytest.approx([1.0, 1.0])
    before = real_lab.engine.ask("predict", run_id, PredictRequest(texts=("a fine film",)), SLOW_MACHINE, epoch=0)
    assert before.probabilities[0].tolist() != answer.probabilities[0].tolist()


def test_a_model_is_measured_on_its_own_data(real_lab):
    run_id = real_lab.train("rnn", epochs=1)
    spec = real_lab.done(run_id).spec
    pending = real_lab.engine.measure(spec, real_lab.dataset.id)
    until(pending.done, seconds=SLOW_MACHINE)
    found = pending.result()
    assert 0 < found.step_seconds < found.epoch_seconds
    assert found.ms_per_text > 0


def test_a_run_that_is_stopped_keeps_what_it_learned(real_lab):
    run_id = real_lab.train("rnn", epochs=500)
    until(lambda: real_lab.store.measurements.rows([run_id]), seconds=SLOW_MACHINE)
    real_lab.engine.stop([run_id])
    run = real_lab.done(run_id)
    assert run.state is RunState.CANCELLED
    assert run.results["test"]["accuracy"] >= 0.0


def test_a_run_whose_worker_is_killed_goes_on_by_itself_and_ends_as_if_nothing_had_been(real_lab):
    undisturbed, run_id = real_lab.train("rnn", epochs=40), real_lab.train("rnn", epochs=40)
    real_lab.done(undisturbed)
    until(lambda: real_lab.store.runs.find(run_id).epoch > 10, seconds=SLOW_MACHINE)
    processes = real_lab.engine._connection.client.run(os.getpid)
    os.kill(processes[real_lab.store.runs.find(run_id).worker], signal.SIGKILL)
    run = real_lab.done(run_id)
    assert (run.state, run.attempts) == (RunState.FINISHED, 2)
    assert scores(run) == scores(real_lab.store.runs.find(undisturbed))
    epochs = [row.epoch for _, _, row in real_lab.store.measurements.rows([run_id]) if row.split == "validation"]
    assert epochs == [float(epoch) for epoch in range(1, 41)]
    assert not real_lab.store.artifacts.has(run_id, "checkpoint.npz")


def scores(run):
    return [run.results["test"][name] for name in ("accuracy", "macro_f1", "loss")]
