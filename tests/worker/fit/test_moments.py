"""Weights kept after single epochs: which, within what bounds, and that an interruption changes nothing."""

from __future__ import annotations

import logging
from functools import partial

import numpy as np
import pytest

from seqcore.settings import get_settings
from seqcore.store import RunState
from seqcore.store.moments import MOMENTS, moment_file, read_moments
from seqcore.worker import train
from seqcore.worker.fit import checkpoint, loop, moments
from seqcore.worker.fit.moments import unpacked
from seqcore.worker.train import train_run
from tests.worker.interruption import death_at_step, interrupted_and_resumed

STEPS = 8  # an epoch
SMALL = {"epochs": 4, "batch_size": 8, "learning_rate": 0.01}


def kept(store, run_id):
    """Weights by epoch."""
    epochs = read_moments(store.artifacts, run_id).epochs
    return {epoch: unpacked(store.artifacts.read(run_id, moment_file(epoch))) for epoch in epochs}


@pytest.fixture
def megabytes(monkeypatch):
    """Sets the bytes for a run."""

    def put(number: int) -> None:
        monkeypatch.setattr(train, "get_settings", lambda: get_settings().model_copy(update={"epochs_kept_mb": number}))

    return put


def test_the_first_weights_and_those_after_every_epoch_are_kept_while_there_is_room(store, carry_out):
    run = carry_out("rnn", training=SMALL)
    assert list(kept(store, run.id)) == [0, 1, 2, 3, 4]


def test_with_less_room_they_are_evenly_spread_and_the_last_is_among_them(store, carry_out, monkeypatch):
    monkeypatch.setattr(moments, "MOST", 4)
    run = carry_out("rnn", training=SMALL | {"epochs": 7})
    assert list(kept(store, run.id)) == [0, 4, 7]
    assert not store.artifacts.has(run.id, moment_file(2))


@pytest.mark.parametrize("pause", [0.0, 1e9], ids=["written at each epoch", "written at the end"])
@pytest.mark.parametrize("death", [3, 2 * STEPS + 3, 7 * STEPS - 1])
def test_a_run_that_was_interrupted_kept_the_same(store, queue, carry_out, monkeypatch, death, pause):
    monkeypatch.setattr(moments, "MOST", 4)
    monkeypatch.setattr(checkpoint, "PAUSE", pause)
    monkeypatch.setattr(checkpoint, "LONGEST_PAUSE", pause)
    training = SMALL | {"epochs": 7}
    undisturbed = kept(store, carry_out("rnn", training=training).id)
    resumed, _ = interrupted_and_resumed(store, queue("rnn", training=training), partial(death_at_step, death))
    again = kept(store, resumed.id)
    assert list(again) == list(undisturbed)
    for one, other in zip(undisturbed.values(), again.values(), strict=True):
        for first, second in zip(one, other, strict=True):
            np.testing.assert_array_equal(first, second)
    left = [epoch for epoch in range(8) if store.artifacts.has(resumed.id, moment_file(epoch))]
    assert left == list(undisturbed)


def test_a_run_that_trains_can_be_looked_at_already(store, queue, monkeypatch):
    monkeypatch.setattr(checkpoint, "PAUSE", 0)
    run_id = queue("rnn", training=SMALL)
    with death_at_step(2 * STEPS + 1):
        train_run(run_id, store, "here")
    assert store.runs.find(run_id).state is RunState.TRAINING
    assert list(kept(store, run_id)) == [0, 1, 2]


def test_a_run_stopped_within_an_epoch_keeps_the_ends_of_those_before(store, queue):
    run_id, asked = queue("rnn", training=SMALL), []
    train_run(run_id, store, "here", lambda: asked.append(1) or len(asked) > STEPS + 3)
    assert store.runs.find(run_id).state is RunState.CANCELLED
    assert list(kept(store, run_id)) == [0, 1]


def test_nothing_is_kept_where_that_is_switched_off_and_it_is_said_why(store, carry_out, megabytes):
    megabytes(0)
    run = carry_out("rnn", training=SMALL)
    found = read_moments(store.artifacts, run.id)
    assert (found.epochs, "switched off" in found.why_none) == ((), True)
    assert not store.artifacts.has(run.id, moment_file(0))


def test_nothing_is_kept_of_a_model_that_is_too_large_and_it_is_said_why(store, carry_out, megabytes):
    megabytes(1)
    run = carry_out("rnn", model={"embedding_size": 512, "units": 512}, training={"epochs": 1})
    found = read_moments(store.artifacts, run.id)
    assert found.epochs == ()
    assert "too large" in found.why_none and "2 MB an epoch, with 1 MB" in found.why_none


def test_the_bag_of_words_has_no_epochs_to_keep(store, carry_out):
    assert not store.artifacts.has(carry_out("bag_of_words").id, MOMENTS)


def test_they_count_as_storage_and_go_with_their_run(store, carry_out, megabytes):
    with_moments = carry_out("rnn", training=SMALL)
    megabytes(0)
    without = carry_out("rnn", training=SMALL)
    weights = sum(weight.nbytes for weight in kept(store, with_moments.id)[0])
    assert with_moments.bytes > without.bytes + 5 * weights
    store.runs.delete("personal", [with_moments.id])
    assert store.artifacts.size(with_moments.id) == 0


def test_a_run_that_diverged_keeps_none(store, queue, monkeypatch):
    monkeypatch.setattr(checkpoint, "PAUSE", 0)
    run_id = queue("rnn", training=SMALL)
    with death_at_step(STEPS + 1):
        train_run(run_id, store, "here")
    assert store.artifacts.has(run_id, moment_file(1))
    store.queue.retry(run_id, most_attempts=3)
    monkeypatch.setattr(loop, "EXPLODED", 0.0)
    train_run(run_id, store, "here")
    assert not any(store.artifacts.has(run_id, name) for name in (MOMENTS, moment_file(0), moment_file(1)))


def test_a_full_disk_costs_the_moments_and_not_the_run(store, carry_out, monkeypatch, caplog):
    write = store.artifacts.write

    def full(run_id, name, data):
        if name.startswith("moment"):
            raise OSError(28, "No space left on device")
        write(run_id, name, data)

    monkeypatch.setattr(store.artifacts, "write", full)
    with caplog.at_level(logging.WARNING):
        run = carry_out("rnn", training=SMALL)
    assert (run.state, run.message) == (RunState.FINISHED, "")
    assert "could not be written" in caplog.text
