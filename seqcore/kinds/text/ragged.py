"""Rows of different lengths as two arrays, picked and joined without a Python loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ragged:
    """Rows of whole numbers.

    Attributes:
        values: All rows, one after the other.
        lengths: (rows,) how many values belong to each.
    """

    values: Ids
    lengths: Counts

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Ragged:
        """From a list of lists."""
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        return cls(np.fromiter(chain.from_iterable(rows), np.int32, int(lengths.sum())), lengths)

    @cached_property
    def bounds(self) -> Counts:
        """(rows + 1,) where each row begins, and where the last ends."""
        return bounds_of(self.lengths)

    def take(self, places: Ids) -> Ragged:
        """The rows at `places`, in that order, as often as they are named."""
        lengths = self.lengths[places]
        ends = bounds_of(lengths)
        # Value t of a row stands at (start of the row) + t in self.values.
        shift = np.repeat(self.bounds[:-1][places] - ends[:-1], lengths)
        return Ragged(self.values[np.arange(ends[-1]) + shift], lengths)

    def joined(self, lengths: Counts) -> Ragged:
        """Neighbouring rows put together: the first `lengths[0]` of them, the next `lengths[1]`, ..."""
        return Ragged(self.values, np.diff(self.bounds[bounds_of(lengths)]))


def bounds_of(lengths: Counts) -> Counts:
    """(n + 1,) where each of n stretches begins, and where the last ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))
