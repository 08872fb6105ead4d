"""Measuring a model: on its own data, with steps as in training, and nothing of it is left."""

from __future__ import annotations

import pytest

from seqcore.datasets import split_rows
from seqcore.errors import TrainingError
from seqcore.spec import SplitOptions
from seqcore.worker import measure
from seqcore.worker.measure import measure_alone
from tests.worker.conftest import labelled


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "REPEATS", range(1, 3))
    monkeypatch.setattr(measure, "REPEAT_SECONDS", 0.0)


def asked(store, queue, architecture, disturbed=lambda: False, **more):
    run = store.runs.find(queue(architecture, training={"batch_size": 8}))
    return measure_alone(run.spec, store.datasets.of_run(run.id).id, store, disturbed, **more)


@pytest.mark.parametrize(("architecture", "steps"), [("lstm", 8), ("bag_of_words", 1)])
def test_steps_epochs_and_answers_are_timed(store, queue, architecture, steps):
    found = asked(store, queue, architecture)
    split = split_rows(labelled(), SplitOptions())
    assert (found.steps, found.texts) == (steps, len(split.test))
    assert found.ms_per_text > 0
    validation = len(split.validation) * found.ms_per_text / 1000 if steps > 1 else 0.0
    assert found.epoch_seconds == pytest.approx(steps * found.step_seconds + validation)


def test_it_ends_without_a_result_as_soon_as_something_else_trains(store, queue):
    answers = iter([False, True])
    assert asked(store, queue, "lstm", lambda: next(answers)) is None


def test_a_model_that_would_not_fit_is_refused(store, queue):
    with pytest.raises(TrainingError, match="does not fit in memory"):
        asked(store, queue, "lstm", memory_limit=1_000_000)


def test_the_steps_that_are_timed_stand_for_all_of_an_epoch():
    steps = [lambda number=number: number for number in range(10)]
    assert [step() for step in measure._evenly(steps, 5)] == [1, 3, 5, 7, 9]
    assert measure._evenly(steps, 99) == steps


def test_of_every_part_the_fastest_repeat_counts(monkeypatch: pytest.MonkeyPatch):
    took = iter([5.0, 1.0, 2.0, 4.0])
    monkeypatch.setattr(measure, "_seconds", lambda _part: next(took))
    assert measure._fastest([print, print], lambda: False) == 2.0 + 1.0


def test_texts_of_all_lengths_are_asked_about(store, queue, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(measure, "MOST_TEXTS", 4)
    assert asked(store, queue, "rnn").texts == 4
