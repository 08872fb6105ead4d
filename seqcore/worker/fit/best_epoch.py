"""The best epoch by validation loss: its weights, and the end of patience with those that follow it."""

from __future__ import annotations

import math

import keras
import numpy as np

from seqcore.spec import TrainingOptions
from seqcore.worker.fit.kept import Kept, check_values
from seqcore.worker.fit.observer import Epoch, Observer

_NUMBERS = ("best", "since", "stopped")


class BestEpoch(Observer):
    """Ends training when patience has run out, and gives the model the weights of its best epoch back.

    Args:
        model: Whose weights.
        options: `keep` says whether the best weights are given back, `early_stopping` how long patience is.

    Attributes:
        best: Lowest validation loss so far, in nats.
        since: Epochs since then.
        weights: The model's weights of that epoch; none before the first, and when the last epoch is kept.
    """

    def __init__(self, model: keras.Model, options: TrainingOptions) -> None:
        self._model, self._patience, self._keeps = model, options.early_stopping, options.keep == "best"
        self.best, self.since = math.inf, 0
        self.weights: list[np.ndarray] = []

    def epoch_ends(self, epoch: Epoch) -> None:
        """Learn the validation loss of one more epoch."""
        if epoch.loss < self.best:
            self.best, self.since = epoch.loss, 0
            self.weights = self._model.get_weights() if self._keeps else []
            return
        self.since += 1
        self.finished = 0 < self._patience <= self.since

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
