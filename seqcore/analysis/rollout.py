"""Rollout: how much of each step is left in each state when attention passes it on through all layers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def rollout(layers: Iterable[NDArray[np.floating]]) -> Array:
    """The product over the layers of what each hands on.

    Abnar & Zuidema 2020 (arXiv:2005.00928): a layer hands on half of what it looks at, the mean over its heads, and
    half of what stood at the step before, for it adds the one to the other: ½ A + ½ I, every row scaled to sum to 1.

    Args:
        layers: (heads, looking step, step looked at) of each layer, the nearest to the words first; at least one.

    Returns:
        (state after the last layer, step), every row summing to 1.
    """
    first, *others = map(handed_on, layers)
    for each in others:
        first = each @ first
    return first


def pooled_rollout(layers: Iterable[NDArray[np.floating]], *, from_first: bool = False) -> Array:
    """(steps,) what is left of each step in what a model answers from: the mean over all states; sums to 1.

    The same as the mean over the rows of `rollout`, or its first, without any product of two matrices.

    Args:
        layers: As those of `rollout`.
        from_first: Whether the model answers from the first state alone.
    """
    *others, last = map(handed_on, layers)
    shares: Array = last[0] if from_first else last.mean(axis=0)
    for each in reversed(others):
        shares = shares @ each
    return shares


def handed_on(weights: NDArray[np.floating]) -> Array:
    """(state after the layer, step before it) of one layer, every row summing to 1.

    Args:
        weights: (heads, looking step, step looked at).
    """
    mixed: Array = 0.5 * weights.mean(axis=0, dtype=np.float64)
    mixed[np.diag_indices(len(mixed))] += 0.5
    mixed /= mixed.sum(axis=1, keepdims=True)  # 32 bits do not sum to 1 exactly
    return mixed
