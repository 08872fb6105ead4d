"""Measurements of many people: one after the other, each ended by whoever does not want it any more."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from seqcore.errors import EngineError
from seqcore.lab.measure.room import OTHERS_FIRST, MeasuringRoom
from tests.waiting import until

PATIENCE = 20.0


class Held:
    """Work that ends when it is let."""

    def __init__(self, found: object = "found") -> None:
        self.begun, self.let, self.found = threading.Event(), threading.Event(), found

    def __call__(self, told: Callable[[str], None], over: threading.Event) -> object:
        told("Measuring LSTM")
        self.begun.set()
        until(lambda: self.let.is_set() or over.is_set(), PATIENCE)
        if isinstance(self.found, Exception):
            raise self.found
        return None if over.is_set() else self.found


def ended(room: MeasuringRoom, key: str) -> bool:
    measuring = room.look(key)
    return measuring is not None and not measuring.running


def test_what_was_found_is_kept_and_asked_for_once() -> None:
    room, work = MeasuringRoom(), Held()
    room.ask("a", work)
    assert work.begun.wait(PATIENCE)
    assert room.look("a").stage == "Measuring LSTM"
    room.ask("a", Held("never begun"))
    work.let.set()
    until(lambda: ended(room, "a"))
    assert (room.look("a").found, room.look("a").problem) == ("found", None)
    assert room.look("b") is None


def test_there_is_one_at_a_time() -> None:
    room, first, second = MeasuringRoom(), Held(), Held()
    room.ask("a", first)
    assert first.begun.wait(PATIENCE)
    room.ask("b", second)
    assert room.look("b").stage == OTHERS_FIRST
    assert not second.begun.is_set()
    first.let.set()
    assert second.begun.wait(PATIENCE)
    second.let.set()
    until(lambda: ended(room, "b"))


def test_one_that_waits_for_its_turn_can_be_cancelled_and_asked_for_again() -> None:
    room, first, second, third = MeasuringRoom(), Held(), Held(), Held("third")
    room.ask("a", first)
    assert first.begun.wait(PATIENCE)
    room.ask("b", second)
    room.cancel("b")
    room.ask("b", third)
    room.cancel("a")
    third.let.set()
    until(lambda: ended(room, "a") and ended(room, "b"))
    assert (room.look("a").found, room.look("b").found) == (None, "third")
    assert not second.begun.is_set()


@pytest.mark.parametrize(
    ("error", "said"), [(EngineError("It died"), "It died"), (ZeroDivisionError(), "could not be")]
)
def test_what_went_wrong_is_said_and_the_next_has_its_turn(error: Exception, said: str) -> None:
    room, work, after = MeasuringRoom(), Held(error), Held()
    for held in (work, after):
        held.let.set()
    room.ask("a", work)
    until(lambda: ended(room, "a"))
    assert said in str(room.look("a").problem)
    room.ask("a", after)
    until(lambda: ended(room, "a") and room.look("a").found)


def test_all_end_with_the_server() -> None:
    room, work = MeasuringRoom(), Held()
    room.ask("a", work)
    assert work.begun.wait(PATIENCE)
    room.close()
    until(lambda: ended(room, "a"))
