"""Who is in, who may come in, and who waits at which place: the line in front of a full server."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from itertools import takewhile

KEPT = 30.0  # seconds that a place is kept for whoever was let in, until their page has opened its connection
LOST = 75.0  # seconds without asking after which a place in the line is lost; a tab behind others asks once a minute
ASKING = 8.0  # seconds within which somebody has asked who is there: nobody waits for one who is not
COMES_BACK = 600.0  # seconds after closing within which one comes back past the line, as long as a session is kept
TABS = 8  # of one visitor, when the server is full
LONGEST = 1_000  # places that are kept; who comes after them is told so and asks again


class Line:
    """Counts open connections and gives places, first come, first served.

    A visitor is a key that their browser keeps. Whoever has been in comes back past the line, after a reload or a
    lost connection, but does not hold a place meanwhile: so at most twice as many are in as there is room for.

    Args:
        most: Connections at a time; 0: any number, and nobody waits.
        clock: Seconds.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._inside: Counter[str] = Counter()  # connections of each visitor
        self._nameless = 0  # connections without a key
        self._expected: dict[str, float] = {}  # until when
        self._left: dict[str, float] = {}  # when
        self._waiting: dict[str, float] = {}  # when last asked, in the order of the line

    @property
    def inside(self) -> int:
        """Open connections."""
        return self._inside.total() + self._nameless

    @property
    def waiting(self) -> int:
        """Visitors in the line."""
        self._tidy()
        return len(self._waiting)

    def ask(self, key: str) -> int:
        """Ask to come in.

        Returns:
            0: come in, a place is kept for a while; otherwise the place in the line, from 1.
        """
        now = self._tidy()
        if self._most == 0 or key in self._inside:
            return 0
        if key in self._expected or (key in self._left and self.inside < 2 * self._most):
            return self._expect(key, now)
        if key not in self._waiting and len(self._waiting) >= LONGEST:
            return len(self._waiting) + 1
        self._waiting[key] = now
        before = list(self._waiting)[: list(self._waiting).index(key)]
        if sum(now - self._waiting[other] <= ASKING for other in before) < self._free():
            return self._expect(key, now)
        return len(before) + 1

    def open(self, key: str | None) -> bool:
        """Open a connection; False when there is no room: then a visitor with a key has a place in the line."""
        self._tidy()
        if not self._may_open(key):
            return False
        if key is None:
            self._nameless += 1
            return True
        self._expected.pop(key, None)
        self._waiting.pop(key, None)
        self._left.pop(key, None)
        self._inside[key] += 1
        return True

    def close(self, key: str | None) -> None:
        """A connection that was opened has ended."""
        if key is None:
            self._nameless -= 1
            return
        self._inside[key] -= 1
        if not self._inside[key]:
            del self._inside[key]
            self._left[key] = self._clock()

    def _may_open(self, key: str | None) -> bool:
        if self._most == 0:
            return True
        if key is None:
            return not self._waiting and self._free() > 0
        if key in self._inside and self._free() <= 0:
            return self._inside[key] < TABS and self.inside < 2 * self._most
        return self.ask(key) == 0

    def _free(self) -> int:
        return self._most - self.inside - len(self._expected)

    def _expect(self, key: str, now: float) -> int:
        self._waiting.pop(key, None)
        self._expected.pop(key, None)  # to the end, as the latest
        self._expected[key] = now + KEPT
        return 0

    def _tidy(self) -> float:
        """Forget who did not come, who does not ask any more, who will not come back."""
        now = self._clock()
        _forget(self._expected, now)
        _forget(self._left, now - COMES_BACK)
        self._waiting = {key: asked for key, asked in self._waiting.items() if now - asked < LOST}
        return now


def _forget(moments: dict[str, float], until: float) -> None:
    """Leave out what lies so far back, of moments that are in their order."""
    for key in list(takewhile(lambda key: moments[key] <= until, moments)):
        del moments[key]
