"""When something that ends again and again is started anew: after pauses that grow, and never give up."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

LEAST_LIFE_SECONDS = 30.0  # what ends sooner has a reason that may still be there
FIRST_SECONDS, LONGEST_SECONDS = 2.0, 60.0  # pauses, each twice the one before


class BackOff:
    """Counts ends that follow soon on a start, and says when the next start is due.

    Args:
        clock: Seconds that only ever grow.

    Attributes:
        ends: In a row, none of them after a life of `LEAST_LIFE_SECONDS`, but for the first.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._due, self.ends = clock, -math.inf, 0

    def ended(self, lived: float) -> float:
        """Count an end after so many seconds of life; gives the seconds until the next start: 0 after a long one."""
        long_lived = lived >= LEAST_LIFE_SECONDS
        self.ends = 1 if long_lived else self.ends + 1
        pause = 0.0 if long_lived else min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(self.ends - 1, 16))
        self._due = self._clock() + pause
        return pause

    def seconds_left(self) -> float:
        """Until the next start is due; 0 when it is."""
        return max(0.0, self._due - self._clock())

    def told(self) -> str:
        """When that is, for people."""
        left = math.ceil(self.seconds_left())
        return f"the next try is in {left} s" if left else "it is being tried again now"
