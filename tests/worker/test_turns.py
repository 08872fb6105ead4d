"""A run that gives its worker to others and goes on later ends with the numbers of one that was left alone."""

from __future__ import annotations

import math

import pytest

from seqcore.settings import get_settings
from seqcore.spec import RunSpec
from seqcore.store import RunState
from seqcore.store.artifacts import CHECKPOINT
from seqcore.store.moments import moment_file, read_moments
from seqcore.worker import train
from seqcore.worker.fit import report
from seqcore.worker.fit.report import Reporter
from seqcore.worker.fit.turn import Turn
from seqcore.worker.train import train_run
from tests.worker.conftest import labelled
from tests.worker.interruption import assert_ended_alike, steps_taken

SMALL = {"epochs": 4, "batch_size": 8, "learning_rate": 0.01}
STEPS = 8  # an epoch: 58 training texts in batches of 8


@pytest.fixture
def others(store):
    """`others() -> id`: a run of another workspace waits for the same worker."""

    def wait() -> str:
        dataset = store.datasets.add("others", labelled())
        spec = RunSpec(dataset="0", architecture="rnn", seed=0)
        (run_id,) = store.experiments.add("others", dataset.id, [spec]).run_ids
        store.queue.claim([run_id], "here")
        return run_id

    return wait


@pytest.fixture
def asked(monkeypatch):
    """`asked((1, 0), (2, 5))`: a run looks for others before these steps of these epochs and at no other time."""

    def at(*moments: tuple[int, int]) -> None:
        original, left = Turn.ends, list(moments)

        def ends(self: Turn, training, drawn_from, reached) -> bool:
            if (reached.epochs, reached.steps) not in left:
                return False
            left.remove((reached.epochs, reached.steps))
            self._next_look = -math.inf
            return original(self, training, drawn_from, reached)

        monkeypatch.setattr(Turn, "ends", ends)

    return at


@pytest.fixture
def turn(store, others):
    """`turn(run_id) -> bool`: a worker takes the run, others come, the run is trained; whether it gave way."""

    def take_one(run_id: str, *, rival: bool = True) -> bool:
        store.queue.claim([run_id], "here")
        assert store.queue.take("here", "worker") == run_id
        waits = others() if rival else None
        gave_way = train_run(run_id, store, "here")
        store.progress.request_cancel([waits] if waits else [])
        return gave_way

    return take_one


@pytest.fixture
def every_step_a_look(monkeypatch):
    """Training points that do not depend on how fast this machine is."""
    monkeypatch.setattr(report, "INTERVAL", -1.0)


@pytest.mark.usefixtures("every_step_a_look")
@pytest.mark.parametrize(("name", "optimizer"), [("rnn", "adam"), ("transformer", "adamw"), ("bilstm", "sgd")])
def test_turns_at_an_epochs_end_and_within_epochs_change_no_number(
    name, optimizer, store, queue, carry_out, asked, turn
):
    groups = {"model": {"dropout": 0.3}, "training": SMALL | {"optimizer": optimizer, "early_stopping": 3}}
    undisturbed = carry_out(name, **groups)
    run_id = queue(name, **groups)
    asked((1, 0), (1, 5), (2, 7))
    for moment in (1.0, 1.0 + 5 / STEPS, 2.0 + 7 / STEPS):
        assert turn(run_id)
        run = store.runs.find(run_id)
        assert (run.state, run.worker, run.between_turns, run.message) == (RunState.QUEUED, "", True, "")
        assert (run.epoch, run.attempts) == (moment, 0)
    assert not turn(run_id)
    run = store.runs.find(run_id)
    assert_ended_alike(store, undisturbed, run)
    assert points(store, undisturbed.id) == points(store, run_id)
    assert moments(store, undisturbed.id) == moments(store, run_id)
    assert not store.artifacts.has(run_id, CHECKPOINT)


def points(store, run_id):
    return [(row.split, row.epoch, row.step, row.loss, row.accuracy) for _, _, row in store.measurements.rows([run_id])]


def moments(store, run_id):
    kept = read_moments(store.artifacts, run_id)
    return [(epoch, store.artifacts.read(run_id, moment_file(epoch))) for epoch in kept.epochs]


def test_seconds_of_all_turns_are_summed(store, queue, asked, turn, monkeypatch):
    monkeypatch.setattr(Reporter, "seconds", lambda self: self.earlier_seconds + 100.0)
    asked((1, 0), (2, 0))
    run_id = queue("rnn", training=SMALL)
    assert turn(run_id)
    first = store.runs.find(run_id).seconds
    assert turn(run_id)
    second = store.runs.find(run_id).seconds
    assert (first["training"], second["training"]) == (100.0, 200.0)
    assert second["preparing"] > first["preparing"] > 0
    turn(run_id)
    seconds = store.runs.find(run_id).seconds
    assert seconds["training"] > 200.0 and seconds["preparing"] > second["preparing"]


def test_nobody_gives_way_when_nobody_waits(store, queue, asked, turn):
    asked((1, 0), (2, 3))
    run_id = queue("rnn", training=SMALL)
    assert not turn(run_id, rival=False)
    assert store.runs.find(run_id).state is RunState.FINISHED


def test_a_run_whose_checkpoint_cannot_be_written_keeps_its_worker(store, queue, asked, turn, monkeypatch):
    write = store.artifacts.write

    def full(run_id, name, data):
        if name == CHECKPOINT:
            raise OSError(28, "No space left on device")
        write(run_id, name, data)

    asked((1, 3))
    monkeypatch.setattr(store.artifacts, "write", full)
    run_id = queue("rnn", training=SMALL)
    assert not turn(run_id)
    assert store.runs.find(run_id).state is RunState.FINISHED


def test_what_is_stopped_between_its_turns_is_kept_and_scored_in_the_next(store, queue, asked, turn, others):
    asked((1, 3))
    run_id = queue("rnn", training=SMALL)
    assert turn(run_id)
    assert store.progress.request_cancel([run_id]) == [run_id]
    assert store.runs.find(run_id).state is RunState.QUEUED
    assert not turn(run_id)
    run = store.runs.find(run_id)
    assert (run.state, run.message) == (RunState.CANCELLED, "Stopped after 1 of 4 epochs.")
    assert run.scores is not None


@pytest.fixture
def twenty_seconds(monkeypatch):
    """A limit of 20 s of training, and a step takes one."""
    limited = get_settings().model_copy(update={"max_training_minutes": 20 / 60})
    monkeypatch.setattr(train, "get_settings", lambda: limited)
    monkeypatch.setattr(Reporter, "seconds", lambda self: float(self.tally.steps))


@pytest.mark.usefixtures("twenty_seconds")
@pytest.mark.parametrize("moments", [(), ((1, 3), (2, 1))], ids=["in one go", "in three turns"])
def test_a_run_whose_time_is_up_is_scored_as_it_is_and_says_so(store, queue, asked, turn, moments):
    asked(*moments)
    run_id = queue("rnn", training=SMALL)
    for _ in moments:
        assert turn(run_id)
    with steps_taken() as taken:
        assert not turn(run_id)
    run = store.runs.find(run_id)
    assert (run.state, taken[-1]) == (RunState.FINISHED, 20)
    assert (run.results["epochs"], run.scores.best_epoch) == (2, 2)
    assert "time limit of this server" in run.message and "after 2 of 4 epochs" in run.message
    assert "fewer epochs" in run.message
