"""Attention of a chosen layer and head, and the weight of each step in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Focus:
    """What chosen layers and heads look at.

    Attributes:
        matrix: (queries, keys), every row summing to 1.
        received: (keys,) attention that each step receives, averaged over the looking steps; sums to 1.
    """

    matrix: NDArray[np.float64]
    received: NDArray[np.float64]


def focus(matrix: NDArray[Any], layer: int | None = None, head: int | None = None) -> Focus:
    """The mean over the chosen layers and heads.

    Args:
        matrix: (layers, heads, looking step, step looked at).
        layer: From 0; None for all.
        head: From 0; None for all.
    """
    weights = np.asarray(matrix)
    if layer is not None:
        weights = weights[layer : layer + 1]
    if head is not None:
        weights = weights[:, head : head + 1]
    mean = weights.mean(axis=(0, 1), dtype=np.float64)
    mean /= np.maximum(mean.sum(axis=1, keepdims=True), np.finfo(float).tiny)  # 32 bits do not sum to 1 exactly
    return Focus(mean, mean.mean(axis=0))
