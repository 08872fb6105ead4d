"""What a training run tells the store, in small batches about twice a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from seqcore.store import MetricRow, Run, Store
from seqcore.worker.fit.kept import Kept
from seqcore.worker.fit.observer import Batch, Epoch, Observer

INTERVAL = 0.4  # seconds between two writes
FEWEST_STEPS = 5  # behind a training point after the first: the mean of a step or two would be a spike


@dataclass
class Tally:
    """What was counted since training began, and since the last training point.

    Attributes:
        steps: Training steps in all.
        texts: Texts in all.
        steps_since: Steps since the last training point.
        texts_since: Texts since then, with their summed `loss` and right answers (`correct`).
    """

    steps: int = 0
    texts: int = 0
    steps_since: int = 0
    texts_since: int = 0
    loss: float = 0.0
    correct: float = 0.0

    def add(self, loss: float, correct: float, texts: int) -> None:
        """Count a training step."""
        self.steps += 1
        self.texts += texts
        self.steps_since += 1
        self.texts_since += texts
        self.loss += float(loss)
        self.correct += float(correct)

    def enough(self) -> bool:
        """Whether a training point can be made: of the very first step, then of several."""
        return self.steps_since >= FEWEST_STEPS or (self.steps_since > 0 and self.steps == self.steps_since)

    def take(self) -> tuple[float, float]:
        """Mean loss and accuracy since the last training point, which this is from now on."""
        loss, correct = self.loss / self.texts_since, self.correct / self.texts_since
        self.steps_since, self.texts_since, self.loss, self.correct = 0, 0, 0.0, 0.0
        return loss, correct


class Reporter(Observer):
    """Gathers steps into metric rows, writes them, and learns whether the run is to stop.

    The first step is written at once, so that something moves as soon as training starts.

    Attributes:
        cancelled: Somebody asked for the end of this run, or it is gone, or another worker has it.
        tally: What was counted so far.
        earlier_seconds: Seconds of training in earlier turns, or before an interruption; 0 when there were none.
    """

    def __init__(self, store: Store, run: Run, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._run_id, self._worker, self._clock = store, run.id, run.worker, clock
        self._start = clock()
        self._written = -INTERVAL + self._start
        self.tally, self.earlier_seconds = Tally(), 0.0
        self._rows: list[MetricRow] = []

    def training_begins(self) -> None:
        """Forget what an interrupted attempt wrote that left no checkpoint."""
        self.training_resumes(0)

    def training_resumes(self, position: float) -> None:
        """Forget what an interrupted attempt wrote beyond its last checkpoint."""
        self._store.progress.rewind(self._run_id, position, worker=self._worker)

    def seconds(self) -> float:
        """Seconds since training started, without those between an interruption and now."""
        return self.earlier_seconds + self._clock() - self._start

    def batch_ends(self, batch: Batch) -> None:
        """Count it; write when the last time is long enough ago."""
        self.tally.add(batch.loss, batch.correct, batch.texts)
        if self._clock() - self._written >= INTERVAL:
            self._write(batch.position)

    def epoch_ends(self, epoch: Epoch) -> None:
        """Write the validation point."""
        self._rows.append(self._row("validation", epoch.loss, epoch.accuracy, epoch.number))
        self._write(epoch.number)

    def state(self) -> Kept:
        """What was counted, and how long it took."""
        return Kept({"tally": asdict(self.tally), "seconds": self.seconds()})

    def check(self, kept: Kept) -> None:
        """See that it can be counted on from there."""
        Tally(**kept.numbers["tally"])
        float(kept.numbers["seconds"])

    def restore(self, kept: Kept) -> None:
        """Count on from where training was interrupted, after so many seconds."""
        self.tally, self.earlier_seconds = Tally(**kept.numbers["tally"]), kept.numbers["seconds"]

    def _row(self, split: Literal["train", "validation"], loss: float, accuracy: float, position: float) -> MetricRow:
        return MetricRow(split, position, self.tally.steps, self.seconds(), loss, accuracy)

    def _write(self, position: float) -> None:
        if self.tally.enough():
            self._rows.insert(0, self._row("train", *self.tally.take(), position))
        speed = self.tally.texts / max(self.seconds(), 1e-9)
        self.cancelled = self._store.progress.record(
            self._run_id, self._rows, epoch=position, texts_per_second=speed, worker=self._worker
        )
        self._rows = []
        self._written = self._clock()
