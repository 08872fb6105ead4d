"""Attention of a chosen layer and head, and the weight of each step in it."""

from __future__ import annotations

from collections.abc import Sequence
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


def focus(layers: Sequence[NDArray[Any]] | NDArray[Any], layer: int | None = None, head: int | None = None) -> Focus:
    """The mean over the chosen layers and heads.

    Args:
        layers: Of each layer (heads, looking step, step looked at).
        layer: From 0; None for all.
        head: From 0; None for all.
    """
    chosen = layers if layer is None else layers[layer : layer + 1]
    heads = slice(None) if head is None else slice(head, head + 1)
    mean: NDArray[np.float64] = np.mean([each[heads].mean(axis=0, dtype=np.float64) for each in chosen], axis=0)
    mean /= np.maximum(mean.sum(axis=1, keepdims=True), np.finfo(float).tiny)  # 32 bits do not sum to 1 exactly
    return Focus(mean, mean.mean(axis=0))
