"""The one place where a server does heavy work: a few children at a time, as many as fit, everybody in turn."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Generic, TypeVar

from seqcore.errors import SeqlabError
from seqcore.workroom.child import Child
from seqcore.workroom.job import Job

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
_SIDE_BY_SIDE = 2  # pieces of work, of whatever size, that there is always memory for


class Ticket(Generic[_T]):
    """A piece of work that waits for its turn, is being done, or is done."""

    def __init__(self, room: WorkRoom, job: Job[_T], owner: str, number: int) -> None:
        self.job, self.owner, self.number = job, owner, number
        self.stage = ""
        self.child: Child | None = None
        self.cancelled = False
        self._room = room
        self._done = threading.Event()
        self._found: _T | None = None
        self._problem: BaseException | None = None

    @property
    def place(self) -> int:
        """How many come before it; 0 when it is being done, or next."""
        return self._room.place(self)

    @property
    def begun(self) -> bool:
        """Whether its turn has come."""
        return self._room.has_begun(self)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is done, so many seconds at most; whether it is."""
        return self._done.wait(seconds)

    def result(self) -> _T:
        """What was asked for.

        Raises:
            SeqlabError: what the work says is wrong, or that it was ended.
        """
        self._done.wait()
        if self._problem is not None:
            raise self._problem
        if self._found is None:
            raise SeqlabError("The work was ended before it was done", remedy="Reload the page to begin again")
        return self._found

    def cancel(self) -> None:
        """Nobody waits for it any more: out of the line with it, and its child ends."""
        self._room.cancel(self)

    def end_with(self, found: _T | None, problem: BaseException | None = None) -> None:
        """It is done, or cannot be."""
        self._found, self._problem = found, problem
        self._done.set()


class WorkRoom:
    """Where heavy work is done.

    The next is always somebody's of whose work the least is being done, and of these whoever was served the longest
    ago: five files of one person are five turns of that person. What does not fit in memory beside what is being done
    waits, and nothing overtakes it.

    Args:
        at_a_time: Children that work side by side.
        memory: Bytes that they may take together.
        modules: What a child that waits for work has imported already.
        start: Makes a child; another one in tests.
    """

    def __init__(
        self, at_a_time: int, memory: int, modules: Sequence[str] = (),
        start: Callable[[Sequence[str]], Child] = Child,
    ) -> None:  # fmt: skip
        self._at_a_time, self._memory = at_a_time, memory
        self._modules, self._start = tuple(modules), start
        self._lock = threading.RLock()
        self._waiting: list[Ticket[Any]] = []
        self._working: list[Ticket[Any]] = []
        self._served: dict[str, int] = {}
        self._numbers = count(1)
        self._spare: Child | None = None
        self._closed = False

    def submit(self, job: Job[_T], owner: str) -> Ticket[_T]:
        """Put work in the line.

        Args:
            job: The work; its bound of memory is lowered to what one piece of work may take here.
            owner: Whose it is.
        """
        job = replace(job, memory=min(job.memory, self._memory // _SIDE_BY_SIDE))
        with self._lock:
            ticket = Ticket(self, job, owner, next(self._numbers))
            if self._closed:
                ticket.end_with(None)
                return ticket
            self._waiting.append(ticket)
            self._admit()
        return ticket

    def prepare(self) -> None:
        """Have a child ready for the next piece of work: somebody is likely to bring one."""
        with self._lock:
            if not self._closed and (self._spare is None or not self._spare.alive):
                self._spare = self._start(self._modules)

    def place(self, ticket: Ticket[Any]) -> int:
        """How many of those who wait come before this one."""
        with self._lock:
            if ticket not in self._waiting:
                return 0
            working, served = Counter(each.owner for each in self._working), dict(self._served)
            waiting, before = list(self._waiting), 0
            while (first := self._next(waiting, working, served)) is not ticket:
                waiting.remove(first)
                served[first.owner] = self._later(served)
                before += 1
            return before

    def has_begun(self, ticket: Ticket[Any]) -> bool:
        """Whether a ticket is no longer in the line."""
        with self._lock:
            return ticket not in self._waiting

    def cancel(self, ticket: Ticket[Any]) -> None:
        """End a piece of work for which nobody waits any more."""
        with self._lock:
            ticket.cancelled = True
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                ticket.end_with(None)
                self._admit()
            child = ticket.child
        if child is not None and not ticket.wait(0):
            child.end()

    def close(self) -> None:
        """End everything."""
        with self._lock:
            self._closed = True
            tickets = [*self._waiting, *self._working]
            spare, self._spare = self._spare, None
        for ticket in tickets:
            self.cancel(ticket)
        if spare is not None:
            spare.end()

    def _admit(self) -> None:
        """Begin as much of what waits as there is room for."""
        while self._waiting and len(self._working) < self._at_a_time and not self._closed:
            able = [each for each in self._waiting if not (each.job.long and self._is_last_place_for_long())]
            if not able:
                return
            first = self._next(able, Counter(each.owner for each in self._working), self._served)
            if sum(each.job.memory for each in self._working) + first.job.memory > self._memory:
                return
            self._waiting.remove(first)
            self._working.append(first)
            self._served[first.owner] = self._later(self._served)
            self._forget_who_left()
            threading.Thread(target=self._work, args=(first,), name="seqlab-work", daemon=True).start()

    def _is_last_place_for_long(self) -> bool:
        long = sum(each.job.long for each in self._working)
        return long >= max(1, self._at_a_time // 2)

    @staticmethod
    def _next(waiting: Sequence[Ticket[Any]], working: Counter[str], served: dict[str, int]) -> Ticket[Any]:
        return min(waiting, key=lambda each: (working[each.owner], served.get(each.owner, 0), each.number))

    @staticmethod
    def _later(served: dict[str, int]) -> int:
        return max(served.values(), default=0) + 1

    def _forget_who_left(self) -> None:
        here = {each.owner for each in [*self._waiting, *self._working]}
        self._served = {owner: turn for owner, turn in self._served.items() if owner in here}

    def _work(self, ticket: Ticket[Any]) -> None:
        found, problem = None, None
        try:
            with self._lock:
                child = ticket.child = None if ticket.cancelled else self._take_child()
            found = None if child is None else child.do(ticket.job, lambda stage: setattr(ticket, "stage", stage))
        except BaseException as error:
            problem = error
            if not isinstance(error, SeqlabError):
                _LOG.exception("Heavy work failed")
        with self._lock:
            self._working.remove(ticket)
            ticket.child = None
            ticket.end_with(found, problem)
            self._admit()
            ready = self._modules and not self._working and not self._waiting
        if ready:
            self.prepare()

    def _take_child(self) -> Child:
        child, self._spare = self._spare, None
        return child if child is not None and child.alive else self._start(self._modules)
