"""The integral of slopes along a line, with as many points as its own completeness asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Line = Callable[[Array], tuple[Array, Array]]  # (shares,) -> values (shares,), slopes (shares, parts)

NODES = 8  # of each interval, Gauss-Legendre
FIRST = 2  # intervals to begin with
MOST = 512  # points: a line that still misses then is given as it is
_AT, _WEIGHTS = np.polynomial.legendre.leggauss(NODES)


class Integral(NamedTuple):
    """What was found.

    Attributes:
        parts: (parts,) integral of each part's slope from 0 to 1.
        difference: Value at 1 less value at 0: what the parts would sum to exactly.
        points: Slopes that were taken.
    """

    parts: Array
    difference: float
    points: int


def integrate(line: Line, tolerance: Callable[[float], float], most: int = MOST) -> Integral:
    """Integrate from 0 to 1.

    The sum of the slopes is the slope of the value, so what each interval should sum to is known: the value at its end
    less that at its beginning. While all that the intervals miss is more than is tolerated, those that miss most are
    halved; the others stay, so points go where the line bends.

    Args:
        line: Gives value and slopes at any shares of the way.
        tolerance: What may be missed in all, from the difference of the values at 1 and 0.
        most: Points after which nothing more is divided.
    """
    bounds = np.linspace(0.0, 1.0, FIRST + 1)
    intervals = np.stack([bounds[:-1], bounds[1:]], axis=1)
    values, parts = _asked(line, bounds, intervals)
    ends, points = np.stack([values[:-1], values[1:]], axis=1), NODES * FIRST
    difference = float(values[-1] - values[0])
    tolerated = tolerance(difference)
    while True:
        missed = np.abs(parts.sum(axis=1) - (ends[:, 1] - ends[:, 0]))
        halved = missed > tolerated / (2 * len(missed))
        if missed.sum() <= tolerated or points >= most:
            return Integral(parts.sum(axis=0), difference, points)
        middle = intervals[halved].mean(axis=1)
        added = np.concatenate([_with(intervals[halved], 1, middle), _with(intervals[halved], 0, middle)])
        value, found = _asked(line, middle, added)
        intervals = np.concatenate([intervals[~halved], added])
        ends = np.concatenate([ends[~halved], _with(ends[halved], 1, value), _with(ends[halved], 0, value)])
        parts = np.concatenate([parts[~halved], found])
        points += NODES * len(added)


def _asked(line: Line, at: Array, intervals: Array) -> tuple[Array, Array]:
    """Values at some shares, and (intervals, parts) integrals of the slopes over each interval `(intervals, 2)`.

    In one question: a recurrent model takes hardly longer for many shares than for one.
    """
    half = (intervals[:, 1] - intervals[:, 0])[:, None] / 2
    shares = intervals.mean(axis=1)[:, None] + half * _AT
    values, slopes = line(np.concatenate([at, shares.ravel()]))
    by_node = slopes[len(at) :].reshape(len(intervals), NODES, -1)
    return values[: len(at)], half * np.einsum("inp,n->ip", by_node, _WEIGHTS)


def _with(pairs: Array, column: int, values: Array) -> Array:
    changed = pairs.copy()
    changed[:, column] = values
    return changed
