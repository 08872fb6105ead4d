"""Whether two maps of a text rank its steps alike."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FEWEST = 3  # steps: of two, ranks agree or do not


def rank_agreement(first: Array, second: Array) -> float | None:
    """Spearman's rank correlation of two scores of the same steps, from -1 to 1; equal scores share their mean rank.

    Shares of attention have no sign: hand in the sizes of signed scores to compare them with.

    Args:
        first: (steps,).
        second: (steps,).

    Returns:
        None where there is nothing to say: fewer than three steps, or a map that is the same everywhere.
    """
    if len(first) < FEWEST or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    return float(np.corrcoef(_mean_ranks(first), _mean_ranks(second))[0, 1])


def _mean_ranks(scores: Array) -> Array:
    """The rank of each step from 1; equal scores share the mean of theirs."""
    _, value, times = np.unique(scores, return_inverse=True, return_counts=True)
    return (np.cumsum(times) - (times - 1) / 2)[value]


def rank_agreements(
    maps: Mapping[str, Array], unsigned: frozenset[str] = frozenset()
) -> dict[tuple[str, str], float | None]:
    """The correlation of every two maps of the same text.

    Args:
        maps: By name, (steps,) each.
        unsigned: Names of those without a sign; the others are compared with them by size.
    """
    found = {}
    for one, other in combinations(maps, 2):
        both = maps[one], maps[other]
        first, second = map(np.abs, both) if unsigned & {one, other} else both
        found[one, other] = rank_agreement(first, second)
    return found
