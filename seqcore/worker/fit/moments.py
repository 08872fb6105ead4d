"""Weights after single epochs, kept while a model trains, to look inside it as it was then."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from functools import cached_property

import keras
import numpy as np

from seqcore.analysis.kept_epochs import kept_epochs
from seqcore.store import Store
from seqcore.store.moments import Moments, moment_file, read_moments, remove_moments, write_moments
from seqcore.worker.fit.kept import Kept
from seqcore.worker.fit.observer import Batch, Epoch, Observer

MOST = 25  # moments of a run, however small they are
_FEWEST = 2  # the first and the last
_MEGABYTE = 1024 * 1024
_log = logging.getLogger(__name__)


class MomentKeeper(Observer):
    """Keeps the weights before the first step, after evenly spread epochs and after the last, within bounds.

    Written are they along with a checkpoint, whose pace bounds the share of the time that goes into writing, and by
    `write` at the end. What cannot be written is logged only: the training itself lacks nothing.

    Args:
        model: Whose weights.
        store: Where the files are.
        run_id: Whose they are.
        about: The list to begin with: how the model is built again.
        megabytes: For all moments of the run; 0 keeps none.

    Attributes:
        why_none: Why nothing is kept; empty when something is.
    """

    def __init__(self, model: keras.Model, store: Store, run_id: str, about: Moments, megabytes: int) -> None:
        self._model, self._artifacts, self._run_id, self._about = model, store.artifacts, run_id, about
        size = sum(weight.nbytes for weight in model.get_weights())
        self._most = min(MOST, megabytes * _MEGABYTE // max(size, 1))
        self.why_none = _why_none(size, megabytes) if self._most < _FEWEST else ""
        self._epoch, self._moved, self._listed = 0, False, False
        self._unwritten: dict[int, list[np.ndarray]] = {}

    @cached_property
    def _written(self) -> set[int]:
        found = read_moments(self._artifacts, self._run_id)
        return set(found.epochs) if found else set()

    def training_begins(self) -> None:
        """Keep the first weights; what an interrupted attempt left is of no use."""
        self.remove()
        if not self.why_none:
            self._hold(0)

    def training_resumes(self, position: float) -> None:
        """Go on with what was kept by then; later moments come again."""
        self._epoch, self._moved = int(position), position != int(position)
        later = {epoch for epoch in self._written if epoch > position}
        self._written -= later
        for epoch in later:
            self._artifacts.remove(self._run_id, moment_file(epoch))

    def batch_ends(self, batch: Batch) -> None:
        """The weights are no longer those of an epoch's end."""
        self._moved = True

    def epoch_ends(self, epoch: Epoch) -> None:
        """Keep its weights, if it is one that is kept."""
        self._epoch, self._moved = epoch.number, False
        if not self.why_none and epoch.number in kept_epochs(epoch.number, self._most - 1):
            self._hold(epoch.number)

    def training_ends(self) -> None:
        """Keep the last epoch as well, unless training was ended in the midst of one."""
        if not self.why_none and not self._moved and self._epoch not in self._written:
            self._hold(self._epoch)

    def state(self) -> Kept:
        """Nothing, but write what is kept: whoever goes on from a checkpoint finds the moments before it."""
        self.write()
        return Kept()

    def write(self) -> None:
        """Write what is kept and not written yet; let go of what is no longer wanted."""
        try:
            self._write()
        except Exception:
            _log.warning("moments of run %s could not be written", self._run_id, exc_info=True)

    def remove(self) -> None:
        """Remove what is written; what cannot be removed is only wasted space."""
        self._unwritten = {}
        self._written.clear()
        try:
            remove_moments(self._artifacts, self._run_id)
        except Exception:
            _log.warning("moments of run %s could not be removed", self._run_id, exc_info=True)

    def _hold(self, epoch: int) -> None:
        wanted = {*kept_epochs(epoch, self._most - 1), epoch}
        self._unwritten = {kept: weights for kept, weights in self._unwritten.items() if kept in wanted}
        self._unwritten[epoch] = self._model.get_weights()

    def _write(self) -> None:
        wanted = {*kept_epochs(self._epoch, self._most - 1), self._epoch} if not self.why_none else set()
        new = list(self._unwritten)
        for epoch in new:
            self._artifacts.write(self._run_id, moment_file(epoch), packed(self._unwritten[epoch]))
            self._written.add(epoch)
            del self._unwritten[epoch]
        gone = self._written - wanted
        if self._listed and not new and not gone:
            return
        self._written -= gone
        listed = {"epochs": tuple(sorted(self._written)), "why_none": self.why_none}
        write_moments(self._artifacts, self._run_id, self._about.model_copy(update=listed))
        self._listed = True
        for epoch in gone:  # only now, that nobody is told of them any more
            self._artifacts.remove(self._run_id, moment_file(epoch))


def packed(weights: Sequence[np.ndarray]) -> bytes:
    """Weights as an `.npz` of plain arrays."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **{f"weight_{place}": weight for place, weight in enumerate(weights)})
    return file.getvalue()


def unpacked(data: bytes) -> list[np.ndarray]:
    """The weights in such a file.

    Raises:
        ValueError, KeyError, OSError, zipfile.BadZipFile, zlib.error: it is damaged.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return [file[f"weight_{place}"] for place in range(len(file.files))]


def _why_none(size: int, megabytes: int) -> str:
    if not megabytes:
        return "kept no weights while training: that is switched off here (SEQLAB_EPOCHS_KEPT_MB)"
    return (
        f"is too large to keep weights while training: {size / _MEGABYTE:,.0f} MB an epoch, with {megabytes:,} MB "
        "allowed for two or more (SEQLAB_EPOCHS_KEPT_MB)"
    )
