"""How far apart two models are on the same texts, from the probabilities that they gave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.predictions import Predictions

Shares = NDArray[np.float64]


def total_variation(first: Shares, second: Shares) -> Shares:
    """(texts,) ½ Σ over classes of |p − q|: 0 where both say the same, 1 where they share nothing.

    It is the most by which the two can differ about any class, or any group of classes.

    Args:
        first: (texts, classes) probabilities of the one.
        second: Of the other.
    """
    apart: Shares = np.abs(first - second).sum(axis=1) / 2
    return apart


@dataclass(frozen=True)
class Apart:
    """The texts that two models were both tested on, those first about which they are furthest apart.

    Attributes:
        rows: (texts,) rows of the data set.
        labels: (texts,) codes of the true classes.
        first: (texts, classes) probabilities of the one.
        second: Of the other.
        distance: (texts,) total variation of the two, falling.
    """

    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    first: Shares
    second: Shares
    distance: Shares

    @property
    def other_answer(self) -> int:
        """About how many texts the two answer different classes."""
        return int((self.first.argmax(axis=1) != self.second.argmax(axis=1)).sum())


def furthest_apart(first: Predictions, second: Predictions) -> Apart:
    """Order the texts of both; of as far apart, by row. Perhaps none, where each was tested on texts of its own."""
    rows, of_first, of_second = np.intersect1d(first.rows, second.rows, return_indices=True)
    one, other = first.probabilities[of_first], second.probabilities[of_second]
    distance = total_variation(one, other)
    order = np.argsort(-distance, kind="stable")
    return Apart(rows[order], first.labels[of_first][order], one[order], other[order], distance[order])
