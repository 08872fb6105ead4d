"""How often the pages of running experiments look again, so that a server with many watchers stays quick."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

FASTEST = 0.5  # seconds between two looks where nothing stands in the way
SLOWEST = 4.0  # seconds that nobody has to wait longer than
BUDGET = 0.4  # share of the server's time that looks may take: it runs one Python thread at a time
_PATIENCE = 3 * SLOWEST  # seconds without a look after which a watcher has left
_FIRST_COST = 0.02  # seconds that a look takes, until it has been measured
_WEIGHT_OF_ONE_LOOK = 0.1  # of the last look in the mean of all


class _Clock(Protocol):
    def __call__(self) -> float: ...


@dataclass(frozen=True)
class Intervals:
    """Seconds between two looks: at a model that is being worked on, and at a queue."""

    moving: float
    waiting: float


def intervals(moving: int, waiting: int, cost: float) -> Intervals:
    """Share out what looks may take; those who watch a queue give way first, because little happens there.

    Args:
        moving: Watchers of models that are being worked on.
        waiting: Watchers of models that all wait.
        cost: Seconds that one look takes.
    """
    affordable = BUDGET / cost  # looks a second, by everybody together
    left = affordable - moving / FASTEST
    slow = _within_limits(waiting / left if left > 0 else SLOWEST)
    left = affordable - waiting / slow
    return Intervals(_within_limits(moving / left if left > 0 else SLOWEST), slow)


class Pace:
    """Knows who watches and what a look takes; shared by all sessions of a server.

    Args:
        clock: Seconds that never go back.
    """

    def __init__(self, clock: _Clock = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._watchers: dict[str, tuple[float, bool]] = {}
        self._cost = _FIRST_COST

    def every(self, watcher: str, *, moving: bool) -> float:
        """Seconds until this watcher should look again; asking for it is a sign that somebody watches."""
        now = self._clock()
        with self._lock:
            self._watchers[watcher] = now, moving
            self._watchers = {name: known for name, known in self._watchers.items() if now - known[0] < _PATIENCE}
            busy = sum(each for _, each in self._watchers.values())
            found = intervals(busy, len(self._watchers) - busy, self._cost)
        return found.moving if moving else found.waiting

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Measure a look, from its first line to its last; one that does not get there is not counted."""
        start = self._clock()
        yield
        seconds = self._clock() - start
        with self._lock:
            self._cost += _WEIGHT_OF_ONE_LOOK * (max(seconds, 1e-3) - self._cost)


def _within_limits(seconds: float) -> float:
    return min(SLOWEST, max(FASTEST, round(seconds, 1)))
