"""How an attention comes to one sum: a score a step, their softmax, what is weighed with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

Floats = NDArray[np.float64]
_LEAST = -700.0  # the exponential of less is 0 in 64 bits


@dataclass(frozen=True)
class Weighing:
    """One sum of an attention: Σ softmax(scores) · values.

    Attributes:
        scores: (steps,).
        values: What is weighed, (steps, width).
        divisor: What a product of query and key was divided by to make a score; 1 where there are none.
    """

    scores: Floats
    values: Floats
    divisor: float = 1.0

    @property
    def width(self) -> int:
        """Numbers of a value."""
        return int(self.values.shape[1])

    @property
    def weights(self) -> Floats:
        """(steps,), summing to 1."""
        weights: Floats = softmax(self.scores)
        return weights

    def sums_so_far(self) -> Floats:
        """The sum that would be made if the steps ended at each, (steps, width)."""
        weights = np.exp(np.maximum(self.scores - self.scores.max(), _LEAST))[:, None]
        sums: Floats = np.cumsum(weights * self.values, axis=0) / np.cumsum(weights, axis=0)
        return sums
