"""What a training run tells the store, in small batches about twice a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from seqcore.store import MetricRow, Store

INTERVAL = 0.4  # seconds between two writes
FEWEST_STEPS = 5  # behind a training point after the first: the mean of a step or two would be a spike


class Reporter:
    """Gathers steps into metric rows, writes them, and learns whether the run is to stop.

    The first step is written at once, so that something moves as soon as training starts.

    Attributes:
        cancelled: Somebody asked for the end of this run.
    """

    def __init__(self, store: Store, run_id: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._run_id, self._clock = store, run_id, clock
        self._start = clock()
        self._written = -INTERVAL + self._start
        self._steps = self._texts = 0
        self._loss = self._correct = 0.0
        self._since = self._steps_since = 0
        self._rows: list[MetricRow] = []
        self.cancelled = False

    def step(self, loss: float, correct: float, texts: int, position: float) -> None:
        """A training step: summed loss, right answers, texts, position in epochs after it."""
        self._steps += 1
        self._texts += texts
        self._since += texts
        self._steps_since += 1
        self._loss += float(loss)
        self._correct += float(correct)
        if self._clock() - self._written >= INTERVAL:
            self._write(position)

    def epoch(self, loss: float, accuracy: float, position: float) -> None:
        """The end of an epoch: validation loss and accuracy."""
        self._rows.append(self._row("validation", loss, accuracy, position))
        self._write(position)

    def _row(self, split: Literal["train", "validation"], loss: float, accuracy: float, position: float) -> MetricRow:
        return MetricRow(split, position, self._steps, self._clock() - self._start, loss, accuracy)

    def _write(self, position: float) -> None:
        if self._steps_since >= FEWEST_STEPS or (self._since and self._steps == self._steps_since):
            loss, accuracy = self._loss / self._since, self._correct / self._since
            self._rows.insert(0, self._row("train", loss, accuracy, position))
            self._since, self._steps_since, self._loss, self._correct = 0, 0, 0.0, 0.0
        now = self._clock()
        self.cancelled = self._store.record(
            self._run_id, self._rows, epoch=position, texts_per_second=self._texts / max(now - self._start, 1e-9)
        )
        self._rows = []
        self._written = self._clock()
