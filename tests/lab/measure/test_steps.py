"""Widths with which steps take as long as another model's: found by measuring a few, told with what was measured."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from seqcore.architectures import Sizes, architectures, get_architecture
from seqcore.errors import TrainingError
from seqcore.kinds import TokenSizes
from seqcore.lab.match import NOT_MEASURED, match_models
from seqcore.lab.measure.measurer import Measurer
from seqcore.lab.measure.steps import MOST_WIDTHS, Steps, measure_steps, next_width, steps_key
from seqcore.lab.plan import Choices
from seqcore.spec import RunSpec
from tests.lab.measure.engines import FakeEngine, Given, alone

SIZES = Sizes(TokenSizes(vocabulary=2000, longest=50), classes=2)
WIDE = tuple(which.name for which in architectures() if which.width)
CHOSEN = Choices(architectures=("lstm", "rnn", "bag_of_words"), match="seconds")


class Model(FakeEngine):
    """Steps whose seconds follow from the model."""

    def __init__(self, seconds: Callable[[RunSpec], float]) -> None:
        super().__init__()
        self._seconds = seconds

    def measure(self, spec: RunSpec, dataset_id: str) -> Given:
        self.measured.append((spec, dataset_id))
        found = self._seconds(spec)
        return Given(alone(step_seconds=found) if math.isfinite(found) else TrainingError("It does not fit"))


def searched(seconds: Callable[[RunSpec], float], chosen: Choices = CHOSEN) -> tuple[Steps, Model]:
    engine = Model(seconds)
    measurer = Measurer(engine, lambda _stage: None, threading.Event(), poll=0.0)
    steps = measure_steps(chosen, chosen.architectures[0], "data", "hash", measurer)
    assert steps is not None
    return steps, engine


def by_units(of_unit: float, base: float = 0.0) -> Callable[[RunSpec], float]:
    """An LSTM takes 10 ms; the others as many as their units say."""
    return lambda spec: 0.010 if spec.architecture == "lstm" else base + of_unit * spec.model["units"]


@pytest.mark.parametrize("name", WIDE)
@pytest.mark.parametrize("of_unit", [0.0001, 0.0003, 0.001])
def test_the_width_is_found_in_a_few_measurements_whichever_the_architecture(name: str, of_unit: float) -> None:
    reference = "gru" if name == "lstm" else "lstm"
    steps, engine = searched(
        lambda spec: 0.010 if spec.architecture == reference else of_unit * spec.model["units"],
        replace(CHOSEN, architectures=(reference, name)),
    )
    assert abs(of_unit * steps.nearest(name) - 0.010) <= 0.03 * 0.010 + of_unit / 2
    assert len(engine.measured) <= 1 + MOST_WIDTHS


def test_what_is_quicker_or_slower_at_every_width_ends_at_its_bound() -> None:
    assert searched(by_units(0.0, base=0.02))[0].nearest("rnn") == 2
    assert searched(by_units(0.000001))[0].nearest("rnn") == 512


def test_a_width_that_does_not_fit_in_memory_is_too_wide() -> None:
    steps, _ = searched(
        lambda spec: 0.01 if spec.architecture == "lstm" else 0.0001 * spec.model["units"]
        if spec.model["units"] <= 80 else math.inf
    )  # fmt: skip
    assert 64 <= steps.nearest("rnn") <= 80


def test_no_width_is_measured_twice_whatever_comes_out() -> None:
    rnn = get_architecture("rnn")
    for seed in range(40):
        measured: dict[int, float] = {}
        while (width := next_width(rnn, CHOSEN, measured, 0.01)) is not None:
            assert width not in measured
            assert 2 <= width <= 512
            measured[width] = ((width * 2654435761 + seed * 40503) % 1000) / 50_000
        assert len(measured) <= MOST_WIDTHS


def test_it_ends_when_it_is_stopped() -> None:
    over = threading.Event()
    over.set()
    assert measure_steps(CHOSEN, "lstm", "data", "hash", Measurer(Model(by_units(0.1)), print, over)) is None


def test_cards_say_the_measured_seconds_and_the_runs_have_the_widths() -> None:
    steps = Steps("lstm", 0.0100, {"rnn": {32: 0.0050, 64: 0.0101}})
    found = match_models(CHOSEN, SIZES, 100, steps)
    assert found.models["lstm"].said == "The others are matched to this one: 10\u00a0ms a step."
    assert found.models["rnn"].said == "Matched to LSTM: 64 units, 10.1\u00a0ms a step, 101.0\u00a0%."
    assert found.models["bag_of_words"].said == "Not matched to LSTM: it has no width to change."
    assert found.chosen.model_options("rnn").model_dump()["units"] == 64
    assert found.is_ready


def test_what_cannot_be_as_quick_or_as_slow_is_said() -> None:
    def said(*measured: tuple[int, float]) -> str:
        return match_models(CHOSEN, SIZES, 100, Steps("lstm", 0.01, {"rnn": dict(measured)})).models["rnn"].said

    assert said((2, 0.015)) == "Cannot be as quick as LSTM: 2 units, its fewest, take 15\u00a0ms a step, 150.0\u00a0%."
    assert said((512, 0.005)).startswith("Cannot be as slow as LSTM: 512 units, its most, take")
    assert said((32, 0.008)).startswith("As near to LSTM as was found: 32 units, 8\u00a0ms a step, 80.0")
    assert said((32, math.inf)) == "Not matched to LSTM: no width of it fits in memory."


def test_before_it_was_measured_nothing_is_matched() -> None:
    found = match_models(CHOSEN, SIZES, 100)
    assert (found.chosen, found.said, found.is_ready) == (CHOSEN, NOT_MEASURED, False)


def test_a_measurement_holds_for_other_seeds_and_epochs_and_for_no_other_settings() -> None:
    key = steps_key("hash", CHOSEN, "lstm")
    assert steps_key("hash", replace(CHOSEN.with_values({"epochs": 3}), repeats=5, seed=9), "lstm") == key
    assert steps_key("hash", CHOSEN.with_values({"batch_size": 64}), "lstm") != key
    assert steps_key("hash", CHOSEN.with_values({"lstm.units": 64}), "lstm") != key
    assert steps_key("other", CHOSEN, "lstm") != key
