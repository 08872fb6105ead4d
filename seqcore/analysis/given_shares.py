"""Rows of weights, changed as little as can be so that their columns get given shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_ROUNDS, _CLOSE = 200, 1e-6  # at most, and by how much of a share a column may miss its own
_TINY = np.finfo(float).tiny


def with_shares(rows: NDArray[np.floating], shares: Array) -> Array:
    """The matrix with those shares that is nearest to the given one by the Kullback–Leibler divergence.

    Iterative proportional fitting (Deming & Stephan 1940, doi:10.1214/aoms/1177731829): columns and rows are scaled in
    turn. Rows that have the shares already stay as they are; a share of 0 takes all weight from its column.

    Args:
        rows: (rows, columns), every row summing to 1.
        shares: (columns,), from 0, summing to 1: what the mean of all rows shall be.

    Returns:
        (rows, columns), every row summing to 1, their mean within 1e-6 of the shares where that can be reached in 200
        rounds.
    """
    found = rows.astype(np.float64)
    for _ in range(_ROUNDS):
        mean = found.mean(axis=0)
        if np.abs(mean - shares).max(initial=0.0) <= _CLOSE:
            break
        found *= shares / np.maximum(mean, _TINY)
        sums = found.sum(axis=1, keepdims=True)
        found = np.where(sums > 0, found / np.maximum(sums, _TINY), shares)  # a row whose every weight was taken
    return found
