"""Training that can go on where it was interrupted, and ends as if it had not been."""

from __future__ import annotations

import io
import json
import logging
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import keras
import numpy as np

from seqcore.errors import NotFoundError
from seqcore.store import Run, Store
from seqcore.store.artifacts import CHECKPOINT
from seqcore.worker.fit.report import Reporter, Tally
from seqcore.worker.fit.stopping import EarlyStopping

FORMAT = 1  # to be raised when a file of today would be misread
PAUSE = 50  # times the duration of a write pass before the next: at most 2 % of the time goes into writing
LONGEST_PAUSE = 10.0  # seconds of work that may be lost, however slow the disk is

_NUMBERS = "numbers"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Training:
    """Everything that changes while a model is trained, and so decides what follows.

    Attributes:
        model: Its variables are the weights and the states of the generators that draw dropout.
        optimizer: Built.
        batches: Draws the batches.
        stopping: Best weights and patience.
        reporter: Steps, texts and seconds so far.
    """

    model: keras.Model
    optimizer: keras.optimizers.Optimizer
    batches: np.random.Generator
    stopping: EarlyStopping
    reporter: Reporter

    def variables(self) -> list[Any]:
        """All variables, in an order that the run's spec determines."""
        return [*self.model.variables, *self.optimizer.variables]


class Checkpoints:
    """The last moment of a run that was kept, in one file of the run.

    Args:
        store: Where the file is.
        run: Whose.
        clock: Seconds that only ever grow.
    """

    def __init__(self, store: Store, run: Run, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._run_id, self._clock = store, run.id, clock
        self._identity = f"{FORMAT}-{run.identity}"
        self._due = -math.inf

    def keep(self, training: Training, epochs: int) -> None:
        """Write this moment at the end of an epoch, unless writing would take too much of the time.

        What cannot be written is logged only: the training itself lacks nothing.
        """
        started = self._clock()
        if started < self._due:
            return
        try:
            self._store.artifacts.write(self._run_id, CHECKPOINT, _pack(training, epochs, self._identity))
        except Exception:
            _log.warning("no checkpoint of run %s could be written", self._run_id, exc_info=True)
        now = self._clock()
        self._due = now + min(PAUSE * (now - started), LONGEST_PAUSE)

    def go_on(self, training: Training) -> int:
        """Put training back to the moment that was kept.

        Returns:
            Epochs completed by then; 0, and nothing is changed, without a file that belongs to this run's spec.
        """
        try:
            kept = _unpack(self._store.artifacts.read(self._run_id, CHECKPOINT), training, self._identity)
        except NotFoundError:
            return 0
        except Exception:  # whatever a damaged file leads to
            _log.warning("run %s starts again: its checkpoint cannot be used", self._run_id, exc_info=True)
            return 0
        kept.put_into(training)
        _log.info("run %s goes on after epoch %d", self._run_id, kept.epochs)
        return kept.epochs

    def remove(self) -> None:
        """Remove the file of a run that needs it no more; what cannot be removed is only wasted space."""
        try:
            self._store.artifacts.remove(self._run_id, CHECKPOINT)
        except Exception:
            _log.warning("the checkpoint of run %s could not be removed", self._run_id, exc_info=True)


@dataclass(frozen=True)
class _Kept:
    """The content of a file that was found to fit."""

    epochs: int
    variables: list[np.ndarray]
    best_weights: list[np.ndarray]
    best: float
    since: int
    stopped: bool
    batches: dict[str, Any]
    tally: Tally
    seconds: float

    def put_into(self, training: Training) -> None:
        for variable, value in zip(training.variables(), self.variables, strict=True):
            variable.assign(value)
        stopping = training.stopping
        stopping.best, stopping.since, stopping.stopped = self.best, self.since, self.stopped
        stopping.weights = self.best_weights
        training.batches.bit_generator.state = self.batches
        training.reporter.go_on(self.tally, self.seconds)


def _pack(training: Training, epochs: int, identity: str) -> bytes:
    """An `.npz` of plain arrays; the numbers stand in it as JSON."""
    stopping, reporter = training.stopping, training.reporter
    numbers = {
        "identity": identity,
        "epochs": epochs,
        "best": stopping.best,
        "since": stopping.since,
        "stopped": stopping.stopped,
        "batches": training.batches.bit_generator.state,
        "tally": asdict(reporter.tally),
        "seconds": reporter.seconds(),
    }
    arrays = {_NUMBERS: np.array(json.dumps(numbers))}
    values = [keras.ops.convert_to_numpy(variable) for variable in training.variables()]
    arrays |= {f"variable_{place}": value for place, value in enumerate(values)}
    arrays |= {f"best_{place}": value for place, value in enumerate(stopping.weights)}
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _unpack(data: bytes, training: Training, identity: str) -> _Kept:
    """The content of a file, once all of it is known to fit this training.

    Raises:
        ValueError: it belongs to something else; damaged files raise other errors as well.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}  # checks every array's checksum
    numbers = json.loads(str(arrays.pop(_NUMBERS)))
    if numbers.pop("identity") != identity:
        raise ValueError("a checkpoint of another spec or format")
    variables = _matching(arrays, "variable", training.variables())
    best_weights = _matching(arrays, "best", training.model.weights) if "best_0" in arrays else []
    np.random.PCG64().state = numbers["batches"]  # raises what the real generator would
    tally = Tally(**numbers.pop("tally"))
    return _Kept(variables=variables, best_weights=best_weights, tally=tally, **numbers)


def _matching(arrays: dict[str, np.ndarray], name: str, variables: list[Any]) -> list[np.ndarray]:
    found = [arrays[f"{name}_{place}"] for place in range(len(variables))]
    for value, variable in zip(found, variables, strict=True):
        if value.shape != tuple(variable.shape) or value.dtype.name != variable.dtype:
            raise ValueError(f"{variable.path} is {variable.dtype} {variable.shape}, not {value.dtype} {value.shape}")
    return found
