"""One weight a step, and the sum of the states by their weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from seqcore.worker.fit.steps import kernels
from seqcore.worker.fit.steps.rules.base import ArrayOf, Rule, Slopes, insist, rule_of


@rule_of(keras.layers.Softmax)
class MaskedSoftmax(Rule):
    """Weights of the real steps that sum to one, from a score each."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(layer.axis == -1, layer, "axis")

    def forwards(self, scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """`(batch, steps)` to the same."""
        self._mask, self._weights = mask, kernels.masked_softmax(scores, mask)
        return self._weights

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the scores; none by the mask."""
        return kernels.masked_softmax_back(upstream, self._weights, self._mask), None


@rule_of(keras.layers.Dot)
class WeightedSum(Rule):
    """The sum of the states, each by its weight."""

    def __init__(self, layer: Any, array_of: ArrayOf, arguments: Sequence[Any]) -> None:
        super().__init__(layer, array_of, arguments)
        insist(layer.axes == 1 and not layer.normalize, layer, "axes")

    def forwards(self, weights: np.ndarray, states: np.ndarray) -> np.ndarray:
        """`(batch, steps)` and `(batch, steps, features)` to `(batch, features)`."""
        self._weights, self._states = weights, states
        found: np.ndarray = np.matmul(weights[:, None], states)[:, 0]
        return found

    def backwards(self, upstream: np.ndarray) -> Slopes:
        """By the weights and by the states."""
        by_weights = np.matmul(self._states, upstream[:, :, None])[:, :, 0]
        return by_weights, self._weights[:, :, None] * upstream[:, None]
