"""A run that is interrupted goes on from its last epoch and ends with the numbers of an undisturbed one."""

from __future__ import annotations

import itertools
import logging
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from seqcore.architectures import architectures, get_architecture
from seqcore.store import RunState
from seqcore.store.artifacts import CHECKPOINT
from seqcore.worker.fit import checkpoint, loop
from seqcore.worker.train import train_run
from tests.worker.conftest import labelled
from tests.worker.interruption import (
    assert_ended_alike,
    death_at_step,
    death_while_evaluating,
    interrupted_and_resumed,
    queue_again,
)

TRAINED = [architecture.name for architecture in architectures() if architecture.fit == "gradient"]
OPTIMIZERS = ("adam", "adamw", "rmsprop", "sgd")
STEPS = 8  # an epoch: 58 training texts in batches of 8
SMALL = {"epochs": 4, "batch_size": 8, "learning_rate": 0.01}
PATIENCE = 240.0  # seconds; importing TensorFlow takes long on a busy machine
NOISE = replace(labelled(), labels=tuple(np.random.default_rng(0).permutation(labelled().labels).tolist()))


@pytest.fixture
def every_epoch(monkeypatch):
    """Checkpoints after every epoch, however long one takes to write."""
    monkeypatch.setattr(checkpoint, "PAUSE", 0)


@pytest.mark.usefixtures("every_epoch")
@pytest.mark.parametrize(("name", "optimizer"), list(zip(TRAINED, itertools.cycle(OPTIMIZERS), strict=False)))
def test_every_architecture_and_optimizer_goes_on_as_if_nothing_had_been(name, optimizer, store, queue, carry_out):
    training = SMALL | {"optimizer": optimizer, "gradient_clipping": 1.0, "class_weights": True}
    model = {"dropout": 0.3} if "dropout" in get_architecture(name).options.model_fields else {}
    groups = {"model": model, "training": training, "data": labelled(("1", "2", "10"))}
    undisturbed = carry_out(name, **groups)
    in_the_third_epoch = partial(death_at_step, 3 * STEPS - 1)
    resumed, taken = interrupted_and_resumed(store, queue(name, **groups), in_the_third_epoch)
    assert taken == list(range(2 * STEPS + 1, 4 * STEPS + 1))
    assert_ended_alike(store, undisturbed, resumed)


@pytest.fixture(scope="module")
def undisturbed(carry_out):
    """A plain RNN that nothing happened to."""
    return carry_out("rnn", training=SMALL)


@pytest.mark.usefixtures("every_epoch")
def test_a_run_may_be_interrupted_more_than_once(store, queue, undisturbed):
    twice = (partial(death_at_step, STEPS + 3), partial(death_at_step, 3 * STEPS - 1))
    resumed, taken = interrupted_and_resumed(store, queue("rnn", training=SMALL), *twice)
    assert taken == list(range(2 * STEPS + 1, 4 * STEPS + 1))
    assert_ended_alike(store, undisturbed, resumed)


def test_a_death_before_the_first_checkpoint_costs_a_new_start(store, queue, undisturbed):
    resumed, taken = interrupted_and_resumed(store, queue("rnn", training=SMALL), partial(death_at_step, 3))
    assert taken[0] == 1
    assert_ended_alike(store, undisturbed, resumed)


def test_checkpoints_that_would_be_written_too_often_only_cost_the_epochs_since(store, queue, undisturbed, monkeypatch):
    monkeypatch.setattr(checkpoint, "PAUSE", 1e9)
    resumed, taken = interrupted_and_resumed(store, queue("rnn", training=SMALL), partial(death_at_step, 3 * STEPS))
    assert taken[0] == STEPS + 1
    assert_ended_alike(store, undisturbed, resumed)


@pytest.fixture(scope="module")
def stopped_early(carry_out):
    """An undisturbed run that stopped early, and what it was asked."""
    groups = {"data": NOISE, "training": SMALL | {"epochs": 60, "early_stopping": 3, "learning_rate": 0.05}}
    return carry_out("lstm", **groups), groups


@pytest.mark.usefixtures("every_epoch")
def test_the_best_weights_and_the_patience_outlast_an_interruption(store, queue, stopped_early):
    undisturbed, groups = stopped_early
    epochs = undisturbed.results["epochs"]
    assert 4 < epochs < 60
    in_the_last = partial(death_at_step, STEPS * epochs - 2)  # the best epoch is behind, patience nearly out
    resumed, taken = interrupted_and_resumed(store, queue("lstm", **groups), in_the_last)
    assert len(taken) == STEPS
    assert_ended_alike(store, undisturbed, resumed)


@pytest.mark.usefixtures("every_epoch")
def test_a_run_that_had_stopped_early_goes_straight_to_the_end(store, queue, stopped_early):
    undisturbed, groups = stopped_early
    resumed, taken = interrupted_and_resumed(store, queue("lstm", **groups), death_while_evaluating)
    assert taken == []
    assert_ended_alike(store, undisturbed, resumed)


@pytest.mark.usefixtures("every_epoch")
def test_a_run_whose_last_epoch_was_done_goes_straight_to_the_end(store, queue, undisturbed):
    resumed, taken = interrupted_and_resumed(store, queue("rnn", training=SMALL), death_while_evaluating)
    assert taken == []
    assert_ended_alike(store, undisturbed, resumed)


def test_the_bag_of_words_is_fitted_again(store, queue, carry_out):
    resumed, _ = interrupted_and_resumed(store, queue("bag_of_words"), death_while_evaluating)
    assert_ended_alike(store, carry_out("bag_of_words"), resumed)


@pytest.fixture(scope="module")
def checkpoint_of_another(store, queue):
    """What a run with another seed left."""
    run_id = queue("rnn", training=SMALL, seed=1)
    with death_at_step(STEPS + 1):
        train_run(run_id, store, "here")
    return store.artifacts.read(run_id, CHECKPOINT)


@pytest.mark.usefixtures("every_epoch")
@pytest.mark.parametrize("whole", [False, True], ids=["damaged", "of another spec"])
def test_a_checkpoint_that_cannot_be_used_costs_a_new_start(
    whole, store, queue, undisturbed, checkpoint_of_another, caplog
):
    run_id = queue("rnn", training=SMALL)
    with death_at_step(STEPS + 1):
        train_run(run_id, store, "here")
    length = len(checkpoint_of_another)
    store.artifacts.write(run_id, CHECKPOINT, checkpoint_of_another[: length if whole else length // 2])
    queue_again(store, run_id)
    resumed, taken = interrupted_and_resumed(store, run_id)
    assert "checkpoint cannot be used" in caplog.text
    assert taken[0] == 1
    assert_ended_alike(store, undisturbed, resumed)


def test_a_checkpoint_that_cannot_be_written_does_not_end_the_run(store, queue, carry_out, monkeypatch, caplog):
    write = store.artifacts.write

    def full(run_id, name, data):
        if name == CHECKPOINT:
            raise OSError(28, "No space left on device")
        write(run_id, name, data)

    monkeypatch.setattr(store.artifacts, "write", full)
    run = carry_out("rnn", training=SMALL)
    assert (run.state, run.message) == (RunState.FINISHED, "")
    assert "no checkpoint" in caplog.text
    assert "No space left" in caplog.text


@pytest.fixture
def written(store, monkeypatch):
    """Run and name of every file that is written."""
    written, write = [], store.artifacts.write
    monkeypatch.setattr(store.artifacts, "write", lambda *file: written.append(file[:2]) or write(*file))
    return written


def test_a_finished_run_keeps_no_checkpoint(store, carry_out, written):
    run = carry_out("rnn", training=SMALL)
    assert run.state is RunState.FINISHED
    assert (run.id, CHECKPOINT) in written
    assert not store.artifacts.has(run.id, CHECKPOINT)


def test_a_cancelled_run_keeps_no_checkpoint(store, carry_out, written, monkeypatch):
    record = store.progress.record
    monkeypatch.setattr(store.progress, "record", lambda *row, **at: record(*row, **at) or at["epoch"] >= 2)
    run = carry_out("rnn", training=SMALL)
    assert (run.state, run.results["epochs"]) == (RunState.CANCELLED, 2)
    assert (run.id, CHECKPOINT) in written
    assert not store.artifacts.has(run.id, CHECKPOINT)


def test_a_run_that_diverged_keeps_no_checkpoint(store, queue, monkeypatch):
    run_id = queue("rnn", training=SMALL)
    with death_at_step(STEPS + 1):
        train_run(run_id, store, "here")
    assert store.artifacts.has(run_id, CHECKPOINT)
    queue_again(store, run_id)
    monkeypatch.setattr(loop, "EXPLODED", 0.0)
    train_run(run_id, store, "here")
    assert "diverged in epoch 2" in store.runs.find(run_id).message
    assert not store.artifacts.has(run_id, CHECKPOINT)


IN_A_PROCESS_OF_ITS_OWN = """
import os, signal, sys
from seqcore.store import Store
from seqcore.worker.fit.report import Reporter
from seqcore.worker.train import train_run

database, artifacts, run_id, last_step = sys.argv[1:]
original = Reporter.batch_ends
def batch_ends(self, *arguments):
    original(self, *arguments)
    if self.tally.steps == int(last_step):
        os.kill(os.getpid(), signal.SIGKILL)
Reporter.batch_ends = batch_ends
train_run(run_id, Store(database, artifacts), "here")
"""


def test_this_process_goes_on_where_another_one_was_killed(store, queue, carry_out):
    groups = {"model": {"dropout": 0.3}, "training": SMALL | {"epochs": 6}}
    killed = queue("transformer", **groups)
    command = [sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN, store.database_url, store.artifacts_url, killed]
    other = subprocess.Popen([*command, str(4 * STEPS + 3)], cwd=Path(__file__).parents[2])
    undisturbed = carry_out("transformer", **groups)
    assert other.wait(PATIENCE) == -signal.SIGKILL
    assert store.runs.find(killed).state is RunState.TRAINING
    assert store.artifacts.has(killed, CHECKPOINT)
    queue_again(store, killed)
    resumed, taken = interrupted_and_resumed(store, killed)
    assert taken[0] > STEPS
    assert_ended_alike(store, undisturbed, resumed)


def test_a_resumed_run_says_so_in_the_log(store, queue, caplog):
    with caplog.at_level(logging.INFO, "seqcore.worker.fit.checkpoint"):
        run_id = queue("rnn", training=SMALL)
        interrupted_and_resumed(store, run_id, partial(death_at_step, STEPS + 1))
    assert f"run {run_id} goes on after epoch 1" in caplog.text
