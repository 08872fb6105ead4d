"""Early stopping: the best weights by validation loss, and the end of patience."""

from __future__ import annotations

import math

import keras
import numpy as np

from seqcore.worker.fit.kept import Kept, check_values
from seqcore.worker.fit.observer import Epoch, Observer

_NUMBERS = ("best", "since", "stopped")


class EarlyStopping(Observer):
    """Remembers the best weights, ends training when patience has run out, and gives the model its best weights back.

    Attributes:
        best: Lowest validation loss so far, in nats.
        since: Epochs since then.
        weights: The model's weights of that epoch; none before the first, and without patience.
    """

    def __init__(self, model: keras.Model, patience: int) -> None:
        self._model, self._patience = model, patience
        self.best, self.since = math.inf, 0
        self.weights: list[np.ndarray] = []

    def epoch_ends(self, epoch: Epoch) -> None:
        """Learn the validation loss of one more epoch."""
        if not self._patience:
            return
        if epoch.loss < self.best:
            self.best, self.since, self.weights = epoch.loss, 0, self._model.get_weights()
            return
        self.since += 1
        self.finished = self.since >= self._patience

    def training_ends(self) -> None:
        """Give the model its best weights back."""
        if self.weights:
            self._model.set_weights(self.weights)

    def state(self) -> Kept:
        """Best weights and patience."""
        return Kept({"best": self.best, "since": self.since, "stopped": self.finished}, {"best": self.weights})

    def check(self, kept: Kept) -> None:
        """See that the best weights are those of a model like this."""
        _ = [kept.numbers[name] for name in _NUMBERS]
        if "best" in kept.arrays:
            check_values(kept.arrays["best"], self._model.weights)

    def restore(self, kept: Kept) -> None:
        """Go on with the patience that was left."""
        self.best, self.since, self.finished = (kept.numbers[name] for name in _NUMBERS)
        self.weights = kept.arrays.get("best", [])
