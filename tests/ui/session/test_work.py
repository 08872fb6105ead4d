"""A page that waits for heavy work says what it waits for, and takes the work with it when it ends."""

from __future__ import annotations

from typing import Any

import pytest

from seqcore.ui import compat
from seqcore.ui.session import shared, work
from seqcore.workroom import WorkRoom
from tests.workroom.test_room import Room, job


class DrawnAnewError(Exception):
    """What Streamlit ends a script with."""


@pytest.fixture
def of(monkeypatch: pytest.MonkeyPatch) -> Room:
    of = Room(1)
    monkeypatch.setattr(shared, "work_room", lambda: of.room)
    monkeypatch.setattr(work, "_owner", lambda: "ann")
    return of


def looks(monkeypatch: pytest.MonkeyPatch, do: Any) -> None:
    monkeypatch.setattr(compat, "end_if_no_longer_wanted", do)


def test_a_page_gets_what_it_waited_for(of: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    looks(monkeypatch, lambda: of.let("a"))
    assert work.do(job("a")) == "a"
    assert not of.begun[0].ended


def test_a_page_that_is_drawn_anew_or_closed_ends_the_work(of: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def end() -> None:
        of.waits_for("a")
        raise DrawnAnewError

    looks(monkeypatch, end)
    with pytest.raises(DrawnAnewError):
        work.do(job("a"))
    assert of.begun[0].ended


def test_a_page_in_the_line_says_how_many_come_before_and_leaves_it_when_it_ends(
    of: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [of.room.submit(job(f"ben {number}"), f"ben {number}") for number in range(3)]
    said: list[str] = []
    monkeypatch.setattr(work.st, "empty", lambda: Placeholder(said))

    def end() -> None:
        if said:
            raise DrawnAnewError

    looks(monkeypatch, end)
    with pytest.raises(DrawnAnewError):
        work.do(job("a"))
    assert "2 are before yours" in said[0]
    assert others[1].place == 0
    of.room.close()


class Placeholder:
    """Keeps what is written to it."""

    def __init__(self, said: list[str]) -> None:
        self.caption, self.empty = said.append, lambda: None


def test_there_is_one_room_whatever_happens_to_caches() -> None:
    assert isinstance(shared.work_room(), WorkRoom) and shared.work_room() is shared.work_room()
