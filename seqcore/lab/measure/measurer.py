"""Measures one model after the other, each while nothing trains: whatever trains or waits to train comes first.

Nothing is locked. A training that comes meanwhile waits at most for the repeat that is under way, or for a model to be
built: seconds. It is the measurement that waits, begins again when it was disturbed, and gives up in the end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from seqcore.analysis.alone import Alone
from seqcore.errors import EngineError
from seqcore.spec import RunSpec

WAITING = "Waiting until nothing trains"
MOST_SECONDS = 900.0  # of everything that is measured together, the waiting included
POLL_SECONDS = 0.2


class Pending(Protocol):
    """A measurement that an engine was asked for."""

    def done(self) -> bool:
        """Whether it has ended."""

    def result(self) -> Alone | None:
        """What was measured; None when it was disturbed."""

    def cancel(self) -> None:
        """Wait for it no more."""


class MeasuringEngine(Protocol):
    """As much of an engine as measuring needs."""

    def trains(self) -> bool:
        """Whether something trains or waits to train."""

    def measure(self, spec: RunSpec, dataset_id: str) -> Pending:
        """Begin to measure a model."""


class Measurer:
    """Measures models, as long as nobody stops it and its time is not over.

    Args:
        engine: Has the workers.
        told: Called with what is done now, in a few words.
        over: Set from outside when nobody wants to know any more.
        seconds: The longest that all measurements may take.
        clock: Gives seconds that never go back.
        poll: Seconds between two looks.
    """

    def __init__(
        self,
        engine: MeasuringEngine,
        told: Callable[[str], None],
        over: threading.Event,
        *,
        seconds: float = MOST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        poll: float = POLL_SECONDS,
    ) -> None:
        self._engine, self._told, self._over, self._clock, self._poll = engine, told, over, clock, poll
        self._end = clock() + seconds

    def measure(self, spec: RunSpec, dataset_id: str, name: str) -> Alone | None:
        """Measure one model; None when it was stopped.

        Args:
            spec: Of the model; it need not be trained.
            dataset_id: The data that it learns from.
            name: What people call it.

        Raises:
            EngineError: something trained all the time, or the engine ended.
            SeqlabError: the model cannot be measured.
        """
        while self._nothing_trains():
            self._told(f"Measuring {name}")
            pending = self._engine.measure(spec, dataset_id)
            if not self._until(pending.done):
                pending.cancel()
                return None
            found = pending.result()
            if found is not None:
                return found
        return None

    def _nothing_trains(self) -> bool:
        """Wait for it; False when it was stopped."""
        if self._engine.trains():
            self._told(WAITING)
        return self._until(lambda: not self._engine.trains())

    def _until(self, condition: Callable[[], bool]) -> bool:
        """Wait for a condition; False when it was stopped.

        Raises:
            EngineError: the time is over.
        """
        while not self._over.is_set():
            if self._clock() > self._end:
                raise EngineError(
                    "Nothing could be measured alone: other models trained all the time", remedy="Try again later"
                )
            if condition():
                return True
            self._over.wait(self._poll)
        return False
