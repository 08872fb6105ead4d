"""Early stopping: the best weights by validation loss, and the end of patience."""

from __future__ import annotations

import math

import keras
import numpy as np


class EarlyStopping:
    """Remembers the best weights and says when patience has run out.

    Attributes:
        best: Lowest validation loss so far, in nats.
        since: Epochs since then.
        weights: The model's weights of that epoch; none before the first, and without patience.
        stopped: Patience has run out.
    """

    def __init__(self, model: keras.Model, patience: int) -> None:
        self._model, self._patience = model, patience
        self.best, self.since, self.stopped = math.inf, 0, False
        self.weights: list[np.ndarray] = []

    def look(self, loss: float) -> None:
        """Learn the validation loss of one more epoch."""
        if not self._patience:
            return
        if loss < self.best:
            self.best, self.since, self.weights = loss, 0, self._model.get_weights()
            return
        self.since += 1
        self.stopped = self.since >= self._patience

    def restore(self) -> None:
        """Give the model its best weights back."""
        if self.weights:
            self._model.set_weights(self.weights)
