"""Measuring waits for whatever trains, begins again when it was disturbed, and gives up in the end."""

from __future__ import annotations

import itertools
import threading

import pytest

from seqcore.errors import EngineError, TrainingError
from seqcore.lab.measure.measurer import WAITING, Measurer
from seqcore.spec import RunSpec
from tests.lab.measure.engines import FakeEngine, Given, alone

SPEC = RunSpec(dataset="0", architecture="lstm")


class Told(list[str]):
    """What was said, each thing once in a row."""

    def __call__(self, stage: str) -> None:
        if self[-1:] != [stage]:
            self.append(stage)


def measurer(engine: FakeEngine, over: threading.Event | None = None, **options: float) -> tuple[Measurer, Told]:
    told, ticks = Told(), itertools.count()
    return Measurer(engine, told, over or threading.Event(), clock=lambda: next(ticks), poll=0.0, **options), told


def test_where_nothing_trains_a_model_is_measured_at_once() -> None:
    engine = FakeEngine([alone(0.5)])
    measuring, told = measurer(engine)
    assert measuring.measure(SPEC, "data", "LSTM") == alone(0.5)
    assert (engine.measured, told) == ([(SPEC, "data")], ["Measuring LSTM"])


def test_whatever_trains_comes_first() -> None:
    engine = FakeEngine(trains=[True, True, True])
    measuring, told = measurer(engine)
    assert measuring.measure(SPEC, "data", "LSTM") == alone()
    assert told == [WAITING, "Measuring LSTM"]


def test_what_was_disturbed_is_measured_again_once_nothing_trains() -> None:
    engine = FakeEngine([None, None, alone(0.5)], trains=[False, False, True, True, False, False])
    measuring, told = measurer(engine)
    assert measuring.measure(SPEC, "data", "LSTM") == alone(0.5)
    assert len(engine.measured) == 3
    assert told == ["Measuring LSTM", WAITING, "Measuring LSTM"]


def test_it_does_not_wait_for_ever() -> None:
    engine = FakeEngine(trains=[True] * 1000)
    measuring, _ = measurer(engine, seconds=50.0)
    with pytest.raises(EngineError, match="other models trained all the time"):
        measuring.measure(SPEC, "data", "LSTM")
    assert engine.measured == []
    disturbed, _ = measurer(FakeEngine([None]), seconds=50.0)
    with pytest.raises(EngineError, match="trained all the time"):
        disturbed.measure(SPEC, "data", "LSTM")


def test_nobody_waits_for_it_once_it_was_stopped() -> None:
    over = threading.Event()
    engine = FakeEngine([Given(is_done=False)])
    measuring, _ = measurer(engine, over)
    waits = engine.measure

    def stopped_meanwhile(spec: RunSpec, dataset_id: str) -> Given:
        over.set()
        return waits(spec, dataset_id)

    engine.measure = stopped_meanwhile  # type: ignore[method-assign]
    assert measuring.measure(SPEC, "data", "LSTM") is None
    assert engine.given[0].cancelled
    assert measuring.measure(SPEC, "data", "LSTM") is None
    assert len(engine.measured) == 1


def test_a_model_that_cannot_be_measured_says_why() -> None:
    measuring, _ = measurer(FakeEngine([TrainingError("LSTM does not fit in memory")]))
    with pytest.raises(TrainingError, match="does not fit"):
        measuring.measure(SPEC, "data", "LSTM")
