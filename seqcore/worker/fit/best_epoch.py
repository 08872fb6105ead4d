"""The best epoch: its weights, and the end of patience when validation loss falls no more."""

from __future__ import annotations

import math

import keras
import numpy as np

from seqcore.analysis.best_epoch import Merit, merit
from seqcore.spec import TrainingOptions
from seqcore.worker.fit.kept import Kept, check_values
from seqcore.worker.fit.observer import Epoch, Observer

_NUMBERS = ("best", "since", "stopped")


class BestEpoch(Observer):
    """Ends training when patience has run out, and gives the model the weights of its best epoch back.

    Args:
        model: Whose weights.
        options: `keep` says which epoch's weights are given back, `early_stopping` how long patience is.

    Attributes:
        best: Lowest validation loss so far, in nats.
        since: Epochs since then: what patience goes by.
        merit: Of the best epoch so far; empty before the first.
        weights: The model's weights of that epoch; none before the first, and when the last epoch is kept.
    """

    def __init__(self, model: keras.Model, options: TrainingOptions) -> None:
        self._model, self._patience, self._keep = model, options.early_stopping, options.keep
        self.best, self.since = math.inf, 0
        self.merit: Merit = ()
        self.weights: list[np.ndarray] = []

    def epoch_ends(self, epoch: Epoch) -> None:
        """Learn the validation loss and accuracy of one more epoch."""
        now = merit(epoch.loss, epoch.accuracy, self._keep)
        if self._keep != "last" and now > self.merit:
            self.merit, self.weights = now, self._model.get_weights()
        if epoch.loss < self.best:
            self.best, self.since = epoch.loss, 0
            return
        self.since += 1
        self.finished = 0 < self._patience <= self.since

    def training_ends(self) -> None:
        """Give the model its best weights back."""
        if self.weights:
            self._model.set_weights(self.weights)

    def state(self) -> Kept:
        """Best weights and patience."""
        numbers = {"best": self.best, "since": self.since, "stopped": self.finished, "merit": list(self.merit)}
        return Kept(numbers, {"best": self.weights})

    def check(self, kept: Kept) -> None:
        """See that the best weights are those of a model like this."""
        _ = [kept.numbers[name] for name in _NUMBERS]
        if "best" in kept.arrays:
            check_values(kept.arrays["best"], self._model.weights)

    def restore(self, kept: Kept) -> None:
        """Go on with the patience that was left; what an older version kept is the epoch of the lowest loss."""
        self.best, self.since, self.finished = (kept.numbers[name] for name in _NUMBERS)
        self.weights = kept.arrays.get("best", [])
        self.merit = tuple(kept.numbers.get("merit", [-self.best] if self.weights else []))
