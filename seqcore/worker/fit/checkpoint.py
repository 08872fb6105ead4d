"""Training that can go on where it was interrupted, and ends as if it had not been."""

from __future__ import annotations

import io
import json
import logging
import math
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from seqcore.errors import NotFoundError
from seqcore.store import Run, Store
from seqcore.store.artifacts import CHECKPOINT
from seqcore.worker.fit.kept import Kept, check_values
from seqcore.worker.fit.observer import Epoch, Observer, Observers
from seqcore.worker.fit.steps import Step

FORMAT = 1  # to be raised when a file of today would be misread
WITHIN_EPOCH = 2  # of a file from the midst of an epoch, which older versions would take for its beginning
PAUSE = 50  # times the duration of a write pass before the next: at most 2 % of the time goes into writing
LONGEST_PAUSE = 10.0  # seconds of work that may be lost, however slow the disk is

_NUMBERS = "numbers"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reached:
    """How far a training is.

    Attributes:
        epochs: Completed.
        steps: Taken of the next epoch.
        position: The same in epochs; 2.5 is the middle of the third.
    """

    epochs: int = 0
    steps: int = 0
    position: float = 0.0


@dataclass(frozen=True)
class Training:
    """Everything that changes while a model is trained, and so decides what follows.

    Attributes:
        model: Its variables are the weights and the states of the generators that draw dropout.
        optimizer: Built.
        batches: Draws the batches of an epoch when it begins.
        observers: Those whose numbers are kept: best weights and patience; steps, texts and seconds so far.
        step: Changes the variables.
    """

    model: keras.Model
    optimizer: keras.optimizers.Optimizer
    batches: np.random.Generator
    observers: Observers
    step: Step

    def variables(self) -> list[Any]:
        """All variables, in an order that the run's spec determines."""
        return [*self.model.variables, *self.optimizer.variables]

    def state(self, drawn_from: Mapping[str, Any] | None = None) -> Kept:
        """All of it, to be kept.

        Args:
            drawn_from: In the midst of an epoch, the state from which its batches were drawn: they are drawn again.
        """
        self.step.settle()
        values = [keras.ops.convert_to_numpy(variable) for variable in self.variables()]
        batches = dict(drawn_from or self.batches.bit_generator.state)
        return Kept({"batches": batches}, {"variable": values}) | self.observers.state()

    def restore(self, kept: Kept) -> None:
        """Put training back to the moment that was kept.

        Raises:
            KeyError, TypeError, ValueError: it does not fit this training, and nothing was changed.
        """
        check_values(kept.arrays["variable"], self.variables())
        np.random.PCG64().state = kept.numbers["batches"]  # raises what the real generator would
        self.observers.check(kept)
        for variable, value in zip(self.variables(), kept.arrays["variable"], strict=True):
            variable.assign(value)
        self.batches.bit_generator.state = kept.numbers["batches"]
        self.observers.restore(kept)


class Checkpoints:
    """The last moment of a run that was kept, in one file of the run.

    Args:
        store: Where the file is.
        run: Whose.
        clock: Seconds that only ever grow.
    """

    def __init__(self, store: Store, run: Run, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._run_id, self._clock = store, run.id, clock
        self._identity = run.identity
        self._due = -math.inf

    def keep(self, training: Training, epochs: int) -> None:
        """Write this moment at the end of an epoch, unless writing would take too much of the time.

        What cannot be written is logged only: the training itself lacks nothing.
        """
        if self._clock() >= self._due:
            self.keep_now(training, Reached(epochs, 0, epochs))

    def keep_now(self, training: Training, reached: Reached, drawn_from: Mapping[str, Any] | None = None) -> bool:
        """Write this moment, whatever it takes; False when it could not be written.

        Args:
            training: All that changes.
            reached: Where it is.
            drawn_from: See `Training.state`.
        """
        started, written = self._clock(), True
        try:
            data = _pack(training.state(drawn_from), reached, self._identity)
            self._store.artifacts.write(self._run_id, CHECKPOINT, data)
        except Exception:
            _log.warning("no checkpoint of run %s could be written", self._run_id, exc_info=True)
            written = False
        now = self._clock()
        self._due = now + min(PAUSE * (now - started), LONGEST_PAUSE)
        return written

    def go_on(self, training: Training) -> Reached:
        """Put training back to the moment that was kept.

        Returns:
            Where it is; at the beginning, and nothing is changed, without a file that belongs to this run's spec.
        """
        try:
            kept, reached = _unpack(self._store.artifacts.read(self._run_id, CHECKPOINT), self._identity)
            training.restore(kept)
        except NotFoundError:
            return Reached()
        except Exception:  # whatever a damaged file leads to
            _log.warning("run %s starts again: its checkpoint cannot be used", self._run_id, exc_info=True)
            return Reached()
        _log.info("run %s goes on after epoch %d and %d steps", self._run_id, reached.epochs, reached.steps)
        return reached

    def remove(self) -> None:
        """Remove the file of a run that needs it no more; what cannot be removed is only wasted space."""
        try:
            self._store.artifacts.remove(self._run_id, CHECKPOINT)
        except Exception:
            _log.warning("the checkpoint of run %s could not be removed", self._run_id, exc_info=True)


class CheckpointKeeper(Observer):
    """Keeps a moment of training at the end of every epoch, when the other observers have heard of it."""

    def __init__(self, checkpoints: Checkpoints, training: Training) -> None:
        self._checkpoints, self._training = checkpoints, training

    def epoch_ends(self, epoch: Epoch) -> None:
        """Keep it, unless this run is stopped: it may be somebody else's by now, and its files as well."""
        if not self._training.observers.cancelled:
            self._checkpoints.keep(self._training, epoch.number)


def _pack(kept: Kept, reached: Reached, identity: str) -> bytes:
    """An `.npz` of plain arrays; the numbers stand in it as JSON."""
    within = {"steps": reached.steps, "position": reached.position} if reached.steps else {}
    named = f"{WITHIN_EPOCH if within else FORMAT}-{identity}"
    numbers = {"identity": named, "epochs": reached.epochs, **within, **kept.numbers}
    arrays = {f"{name}_{place}": value for name, values in kept.arrays.items() for place, value in enumerate(values)}
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays, **{_NUMBERS: np.array(json.dumps(numbers))})
    return file.getvalue()


def _unpack(data: bytes, identity: str) -> tuple[Kept, Reached]:
    """The content of a file, and where training was.

    Raises:
        ValueError: it belongs to something else; damaged files raise other errors as well.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}  # checks every array's checksum
    numbers = json.loads(str(arrays.pop(_NUMBERS)))
    named, epochs, steps = numbers.pop("identity"), numbers.pop("epochs"), numbers.pop("steps", 0)
    if named != f"{WITHIN_EPOCH if steps else FORMAT}-{identity}":
        raise ValueError("a checkpoint of another spec or format")
    return Kept(numbers, _lists(arrays)), Reached(epochs, steps, numbers.pop("position", epochs))


def _lists(arrays: dict[str, np.ndarray]) -> dict[str, list[np.ndarray]]:
    """Arrays "best_0", "best_1", ... as the list "best".

    Raises:
        KeyError: one is missing in between.
    """
    numbers = Counter(name.rpartition("_")[0] for name in arrays)
    return {name: [arrays[f"{name}_{place}"] for place in range(number)] for name, number in numbers.items()}
