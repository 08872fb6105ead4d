"""The turn that a run has on its worker: how long it lasts when others wait, and how it ends."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from seqcore.store import Run, Store
from seqcore.worker.fit.checkpoint import Checkpoints, Reached, Training

LOOK_SECONDS = 1.0  # between two looks at whether somebody waits

_log = logging.getLogger(__name__)


class Turn:
    """Looks, once its shortest time has passed, whether its run should give its worker to one that waits.

    A turn begins with its first step, so that no run pays for its preparation and gets nothing for it.

    Args:
        store: Where others wait.
        run: Whose turn.
        checkpoints: Of the run: what it goes on from.
        shortest: Seconds for which nobody is given way to; 0: the turn ends with the run.
        seconds: Says what the stages of the run took so far, all turns together.
        clock: Seconds that only ever grow.

    Attributes:
        is_over: The run has given its worker up: it is the queue's, or another worker's, from then on.
    """

    def __init__(
        self,
        store: Store,
        run: Run,
        checkpoints: Checkpoints,
        *,
        shortest: float,
        seconds: Callable[[], Mapping[str, float]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._queue, self._run, self._checkpoints = store.queue, run, checkpoints
        self._shortest, self._seconds, self._clock = shortest or math.inf, seconds, clock
        self._next_look: float | None = None  # before the first step: building it may take longer than a turn
        self.is_over = False

    def ends(self, training: Training, drawn_from: Mapping[str, Any], reached: Reached) -> bool:
        """Whether the run gives its worker up before the next batch; if so, all that it goes on from is written.

        Args:
            training: As it is now.
            drawn_from: See `Training.state`.
            reached: Where it is.
        """
        if self._next_look is None:
            self._next_look = self._clock() + self._shortest
        if self._clock() < self._next_look or not self._should_give_way():
            return False
        if not self._checkpoints.keep_now(training, reached, drawn_from):
            self._queue.stay(self._run.id)
            self._next_look = self._clock() + self._shortest
            return False
        self.is_over = self._queue.give_way(self._run.id, worker=self._run.worker, seconds=self._seconds())
        return self.is_over

    def _should_give_way(self) -> bool:
        self._next_look = self._clock() + LOOK_SECONDS
        return self._queue.should_give_way(self._run.id, self._run.engine)
