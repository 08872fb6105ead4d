"""Heavy work of many people: everybody in turn, as much as fits, and ended when nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from seqcore.errors import DataError, SeqlabError
from seqcore.workroom import Job, Stopped, WorkRoom, child
from seqcore.workroom.child import Child
from seqcore.workroom.job import Stream
from tests.waiting import PATIENCE, until

MB = 1024**2


def job(name: str, memory: int = 100 * MB, *, long: bool = False) -> Job[str]:
    return Job(
        work=name, options={}, parts=list, answer=bytes.decode, memory=memory, seconds=PATIENCE,
        stopped=lambda why, stage: DataError(f"ended: {why.value} {stage}"), long=long,
    )  # fmt: skip


class FakeChild(Child):
    """Does its work when it is let."""

    def __init__(self, begun: list[FakeChild]) -> None:
        self.let, self.ended, self.name, self.memory = threading.Event(), False, "", 0
        self._begun = begun

    @property
    def alive(self) -> bool:
        return not self.ended

    def do(self, job: Job[Any], told: Callable[[str], None] = lambda stage: None) -> Any:
        self.name, self.memory = job.work, job.memory
        self._begun.append(self)
        self.let.wait(PATIENCE)
        return None if self.ended else job.answer(self.name.encode())

    def end(self) -> None:
        self.ended = True
        self.let.set()


class Room:
    """A room whose children do their work when they are let."""

    def __init__(self, at_a_time: int, memory: int = 1000 * MB) -> None:
        self.begun: list[FakeChild] = []
        self.made = 0
        self.room = WorkRoom(at_a_time, memory, start=self._start)

    def _start(self, _modules: Sequence[str]) -> Child:
        self.made += 1
        return FakeChild(self.begun)

    def names(self) -> list[str]:
        return [child.name for child in self.begun]

    def waits_for(self, *names: str) -> None:
        until(lambda: sorted(self.names()) == sorted(names))  # threads that begin together append in any order

    def let(self, name: str) -> None:
        until(lambda: name in self.names())
        self.begun[self.names().index(name)].let.set()


def test_five_files_of_one_person_keep_another_waiting_for_one_of_them() -> None:
    of = Room(1)
    first, *files = [of.room.submit(job(f"ann {number}"), "ann") for number in range(5)]
    ben = of.room.submit(job("ben"), "ben")
    of.waits_for("ann 0")
    assert (ben.place, files[0].place, files[-1].place) == (0, 1, 4)
    of.let("ann 0")
    of.waits_for("ann 0", "ben")
    assert first.result() == "ann 0" and ben.begun and not files[0].begun
    of.room.close()


def test_what_does_not_fit_waits_and_nothing_overtakes_it() -> None:
    of = Room(4, memory=1000 * MB)
    of.room.submit(job("a", 400 * MB), "ann")
    of.room.submit(job("b", 400 * MB), "ben")
    of.waits_for("a", "b")
    of.room.submit(job("large", 500 * MB), "cid")
    of.room.submit(job("small", 10 * MB), "dan")
    assert sum(child.memory for child in of.begun) == 800 * MB
    of.let("a")
    until(lambda: len(of.begun) == 4)
    assert sorted(of.names()[2:]) == ["large", "small"] and sum(child.memory for child in of.begun[1:]) <= 1000 * MB
    of.room.close()


def test_no_work_is_promised_more_than_half_of_the_memory_so_that_two_always_fit() -> None:
    of = Room(2, memory=1000 * MB)
    for name in ("a", "b"):
        of.room.submit(job(name, 5000 * MB), name)
    of.waits_for("a", "b")
    assert [child.memory for child in of.begun] == [500 * MB] * 2
    of.room.close()


def test_long_work_leaves_a_place_for_what_is_quick() -> None:
    of = Room(2)
    of.room.submit(job("long 1", long=True), "ann")
    of.room.submit(job("long 2", long=True), "ben")
    of.waits_for("long 1")
    of.room.submit(job("quick"), "cid")
    of.waits_for("long 1", "quick")
    of.let("long 1")
    of.waits_for("long 1", "quick", "long 2")
    of.room.close()


def test_work_that_nobody_waits_for_ends_and_gives_its_place_to_the_next() -> None:
    of = Room(1)
    first, second, third = (of.room.submit(job(name), name) for name in "abc")
    of.waits_for("a")
    second.cancel()
    first.cancel()
    of.waits_for("a", "c")
    assert of.begun[0].ended and not of.begun[1].ended
    with pytest.raises(SeqlabError, match="ended before"):
        second.result()
    of.let("c")
    assert third.result() == "c"


def test_a_child_that_is_ready_takes_the_next_work() -> None:
    of = Room(1)
    of.room.prepare()
    of.room.prepare()
    assert of.made == 1
    of.room.submit(job("a"), "ann")
    of.waits_for("a")
    assert of.made == 1
    of.room.close()


def test_closing_ends_what_waits_and_what_is_done() -> None:
    of = Room(1)
    tickets = [of.room.submit(job(name), name) for name in "ab"]
    of.waits_for("a")
    of.room.close()
    assert all(ticket.wait(PATIENCE) for ticket in tickets) and of.begun[0].ended
    assert of.room.submit(job("c"), "cid").wait(0)


def work_of(code: str, memory: int = 600 * MB, seconds: float = PATIENCE) -> Job[bytes]:
    """A job that runs one of the functions below in a real child."""
    return Job(
        work=f"tests.workroom.in_a_child:{code}", options={"say": "hallo"}, parts=lambda: [b"one", b"two"],
        answer=bytes, memory=memory, seconds=seconds, stopped=lambda why, stage: DataError(f"{why.value}: {stage}"),
    )  # fmt: skip


def test_a_child_is_given_options_and_parts_and_tells_what_it_is_at() -> None:
    told: list[str] = []
    assert Child().do(work_of("gives_back"), told.append) == b"hallo onetwo"
    assert told == ["counting", "done"]


def test_what_is_wrong_in_a_child_is_the_same_error_here() -> None:
    with pytest.raises(DataError) as error:
        Child().do(work_of("refuses"))
    assert (error.value.problem, error.value.received, error.value.remedy) == ("No", "that", "Do this")


@pytest.mark.parametrize("code", ["swells", "swells_natively"])
def test_a_child_that_swells_is_told_of_and_takes_no_more_than_it_may(code: str) -> None:
    pytest.importorskip("resource")
    with pytest.raises(DataError, match=f"{Stopped.MEMORY.value}: swelling"):
        Child().do(work_of(code))


@pytest.mark.parametrize("code", ["never_ends", "turns_for_ever"])
def test_a_child_that_never_ends_is_ended(code: str) -> None:
    with pytest.raises(DataError, match=Stopped.TIME.value):
        Child().do(work_of(code, seconds=1.0))


def test_a_child_that_turns_for_ever_is_ended_by_the_system_whoever_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resource")
    monkeypatch.setattr(child, "_BUSY", PATIENCE)
    with pytest.raises(DataError, match=Stopped.TIME.value):
        Child().do(work_of("turns_for_ever", seconds=1.0))


def test_a_child_that_promises_more_than_it_may_have_is_not_listened_to() -> None:
    with pytest.raises(DataError, match=Stopped.BROKEN.value):
        Child().do(work_of("promises_too_much"))


def test_an_answer_can_be_read_while_it_comes_and_nothing_behind_it() -> None:
    read: list[bytes] = []

    def by_five(stream: Stream) -> bytes:
        read.extend(iter(lambda: stream.read(5), b""))
        return stream.read()

    assert Child().do(replace(work_of("gives_back"), from_stream=by_five)) == b""
    assert read == [b"hallo", b" onet", b"wo"]


@pytest.mark.parametrize(
    "from_stream", [None, lambda stream: stream.read(1000), lambda stream: pa.ipc.open_stream(stream)]
)
def test_a_child_that_ends_in_the_middle_of_its_answer_has_given_none(
    from_stream: Callable[[Stream], bytes] | None,
) -> None:
    with pytest.raises(DataError, match=Stopped.BROKEN.value):
        Child().do(replace(work_of("ends_in_the_middle"), from_stream=from_stream))


def test_what_is_wrong_with_the_reading_of_a_whole_answer_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Child().do(replace(work_of("gives_back"), from_stream=lambda stream: bytes(int(stream.read()))))


def test_a_child_ends_when_it_is_cancelled_while_it_works() -> None:
    room = WorkRoom(1, 2000 * MB)
    ticket = room.submit(work_of("never_ends"), "ann")
    working = until(lambda: ticket.stage == "for ever" and ticket.child)
    ticket.cancel()
    assert ticket.wait(PATIENCE) and not working.alive
