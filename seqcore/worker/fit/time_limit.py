"""The end of a training whose time on this server is up."""

from __future__ import annotations

from collections.abc import Callable

from seqcore.worker.fit.observer import Observer


class TimeLimit(Observer):
    """Ends a training before its next batch once it has had so many seconds, those of earlier turns included.

    Args:
        most: Seconds; 0: as many as it takes.
        seconds: Says how many it has had.

    Attributes:
        reached: Its time was up before its epochs were.
    """

    def __init__(self, most: float, seconds: Callable[[], float]) -> None:
        self._most, self._seconds = most, seconds
        self.reached = False

    def batch_begins(self) -> None:
        """Look at the clock."""
        if self._most and self._seconds() >= self._most:
            self.finished = self.reached = True
