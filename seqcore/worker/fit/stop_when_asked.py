"""The end of a training at the wish of whoever may ask for it in this process."""

from __future__ import annotations

from collections.abc import Callable

from seqcore.worker.fit.observer import Observer


class StopWhenAsked(Observer):
    """Looks before every batch whether this training is to stop.

    Args:
        asked: Whether it is; asked 400 times a second, so it should look at a variable, not at the store.
    """

    def __init__(self, asked: Callable[[], bool]) -> None:
        self._asked = asked

    def batch_begins(self) -> None:
        """Look."""
        self.cancelled = self._asked()
