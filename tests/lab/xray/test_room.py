"""X-rays of many people: taken once, one after the other, and ended when nobody waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from seqcore.analysis.xray import XRay
from seqcore.datasets import LabelledText
from seqcore.errors import DataError, SeqlabError
from seqcore.lab.xray.child import Look
from seqcore.lab.xray.examine import examine
from seqcore.lab.xray.room import XRayRoom
from seqcore.spec import SplitOptions
from seqcore.workroom import WorkRoom
from tests.analysis.xray.test_findings import xray
from tests.datasets.conftest import labelled

DATA, OTHER = labelled(["a", "b"] * 10), labelled(["a", "b", "b"] * 10)
OPTIONS = SplitOptions()
PATIENCE = 20.0


class FakeLook(Look):
    """Ends when it is let, with what it was given."""

    def __init__(self, end: XRay | Exception) -> None:
        self.begun, self.let = threading.Event(), threading.Event()
        self.cancelled, self._end = False, end

    def run(self, told: Callable[[str], None], room: WorkRoom | None = None) -> XRay | None:
        told("Looking")
        self.begun.set()
        self.let.wait(PATIENCE)
        if isinstance(self._end, Exception):
            raise self._end
        return None if self.cancelled else self._end

    def cancel(self) -> None:
        self.cancelled = True
        self.let.set()


class Looks:
    """Every look that a room began."""

    def __init__(self, *ends: XRay | Exception) -> None:
        self.made: list[FakeLook] = []
        self._ends = list(ends)
        self.room = XRayRoom(1, start=self._start)

    def _start(self, _data: LabelledText, _options: SplitOptions) -> Look:
        self.made.append(FakeLook(self._ends.pop(0)))
        return self.made[-1]

    def end(self, number: int) -> None:
        self.made[number].let.set()
        self.settle()

    def settle(self) -> None:
        for thread in threading.enumerate():
            if thread.name == "seqlab-xray" and all(look.let.is_set() for look in self.made):
                thread.join(PATIENCE)


def test_an_xray_is_taken_once_for_all_who_ask_and_kept() -> None:
    looks = Looks(xray())
    for who in ("ann", "ben"):
        looks.room.ask(DATA, OPTIONS, who)
    assert len(looks.made) == 1 and looks.made[0].begun.wait(PATIENCE)
    asked = looks.room.look(DATA, OPTIONS)
    assert asked is not None and asked.running and asked.stage == "Looking"
    looks.end(0)
    assert asked.found == xray() and not asked.running
    assert looks.room.look(DATA, SplitOptions(split_seed=1)) is None


def test_a_second_one_waits_for_the_first() -> None:
    looks = Looks(xray(), xray(rows=30))
    looks.room.ask(DATA, OPTIONS, "ann")
    assert looks.made[0].begun.wait(PATIENCE)
    looks.room.ask(OTHER, OPTIONS, "ben")
    waiting = looks.room.look(OTHER, OPTIONS)
    assert waiting is not None and waiting.stage.startswith("Waiting") and not looks.made[1].begun.is_set()
    looks.made[1].let.set()
    looks.end(0)
    assert waiting.found == xray(rows=30)


def test_it_ends_only_when_nobody_waits_for_it_any_more() -> None:
    looks = Looks(xray())
    looks.room.ask(DATA, OPTIONS, "ann")
    looks.room.ask(DATA, OPTIONS, "ben")
    looks.room.cancel(DATA, OPTIONS, "ann")
    assert looks.room.look(DATA, OPTIONS) is not None and not looks.made[0].cancelled
    looks.room.cancel(DATA, OPTIONS, "ben")
    assert looks.room.look(DATA, OPTIONS) is None and looks.made[0].cancelled
    looks.settle()


def test_a_failure_is_told_and_the_next_press_tries_again() -> None:
    looks = Looks(DataError("Too few rows"), RuntimeError("our mistake"), xray())
    for number, said in enumerate(["Too few rows", "The data could not be looked through"]):
        looks.room.ask(DATA, OPTIONS, "ann")
        looks.end(number)
        asked = looks.room.look(DATA, OPTIONS)
        assert asked is not None and asked.problem is not None and said in str(asked.problem)
    looks.room.ask(DATA, OPTIONS, "ann")
    looks.end(2)
    asked = looks.room.look(DATA, OPTIONS)
    assert asked is not None and asked.found is not None


def test_closing_ends_what_is_on_its_way() -> None:
    looks = Looks(xray())
    looks.room.ask(DATA, OPTIONS, "ann")
    looks.room.close()
    assert looks.made[0].cancelled
    looks.settle()


def test_another_process_finds_what_this_one_would_and_tells_how_far_it_is() -> None:
    data = labelled(["a", "b"] * 20, [f"{'good' if row % 2 else 'bad'} thing {row}" for row in range(40)])
    told: list[str] = []
    assert Look(data, OPTIONS).run(told.append) == examine(data, OPTIONS)
    assert told[0] == "Comparing the texts with each other" and len(told) > 5


def test_in_a_work_room_it_waits_for_its_turn_and_is_the_same() -> None:
    data = labelled(["a", "b"] * 20, [f"{'good' if row % 2 else 'bad'} thing {row}" for row in range(40)])
    room = WorkRoom(1, 8 * 1024**3)
    assert Look(data, OPTIONS).run(lambda stage: None, room) == examine(data, OPTIONS)
    cancelled = Look(data, OPTIONS)
    assert cancelled.run(lambda stage: cancelled.cancel(), room) is None
    room.close()


def test_another_process_says_what_is_wrong_with_the_data() -> None:
    with pytest.raises(SeqlabError, match="Too few rows"):
        Look(labelled(["a", "b"]), OPTIONS).run(lambda stage: None)


def test_a_look_that_is_cancelled_ends_at_once() -> None:
    look = Look(DATA, OPTIONS)
    assert look.run(lambda stage: look.cancel()) is None
    assert look.run(lambda stage: None) is None
