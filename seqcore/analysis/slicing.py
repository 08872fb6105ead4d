"""Ways to cut the test texts into slices: by class, by length, by how much of them is unknown, by any column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEWEST = 10  # texts of a slice; what fewer get right says next to nothing
_MOST = 30  # slices of one cut, the most frequent values
_PARTS = 4  # of about equal size, of numbers

Say = Callable[[float, float], str]


@dataclass(frozen=True)
class Slicing:
    """One way to cut texts into slices.

    Attributes:
        name: By what.
        groups: What the slices are called.
        places: (texts,) which slice each text belongs to; -1 for those that are in none.
    """

    name: str
    groups: tuple[str, ...]
    places: NDArray[np.int64]


def by_values(name: str, values: Sequence[str]) -> Slicing:
    """One slice for each of the frequent values, the most frequent first; rare ones and "" are in none."""
    frequent = [value for value, texts in Counter(filter(None, values)).most_common(_MOST) if texts >= FEWEST]
    place = {value: number for number, value in enumerate(frequent)}
    return Slicing(name, tuple(frequent), np.array([place.get(value, -1) for value in values], np.int64))


def by_numbers(name: str, numbers: NDArray[Any], say: Say) -> Slicing:
    """Four slices of about as many texts each; equal numbers stay together.

    Args:
        name: By what.
        numbers: (texts,).
        say: What a slice from the one number to the other is called.
    """
    edges = np.unique(np.quantile(numbers, np.linspace(0, 1, _PARTS + 1)[1:-1], method="lower"))
    return _cut(name, numbers, edges, say)


def by_shares(name: str, shares: NDArray[np.float64], say: Say) -> Slicing:
    """Those of share 0, and the others in two slices of about as many texts."""
    some = shares[shares > 0]
    edges = np.unique([0.0, *([np.quantile(some, 0.5, method="lower")] if some.size else [])])
    return _cut(name, shares, edges, say)


def _cut(name: str, numbers: NDArray[Any], edges: NDArray[Any], say: Say) -> Slicing:
    """Slices that end at the edges, each edge belonging to the slice below it; small ones are left out."""
    places = np.searchsorted(edges, numbers)
    kept = [place for place in range(len(edges) + 1) if int((places == place).sum()) >= FEWEST]
    names = [say(float(numbers[places == place].min()), float(numbers[places == place].max())) for place in kept]
    new = np.full(len(edges) + 1, -1, np.int64)
    new[kept] = np.arange(len(kept))
    return Slicing(name, tuple(names), new[places])
