"""How the influence of a word on an answer fades with its distance from the end of the text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST = 0.1  # of the texts that have a word at a distance for it to be told

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fading:
    """Influence by distance, as a share of that of the last word.

    Attributes:
        distance: Steps back from the last word, rising from 0, (distances,).
        influence: Mean over the texts that reach so far, divided by the mean of the last words of the same texts, so
            that long and short texts are not compared with each other, (distances,).
        texts: How many reach so far, (distances,).
    """

    distance: NDArray[np.int64]
    influence: Floats
    texts: NDArray[np.int64]

    @property
    def half_life(self) -> float | None:
        """The distance at which half of it is left, between two distances on a straight line; None where none is.

        The first such distance: what comes back further away is not looked at.
        """
        below = np.flatnonzero(self.influence <= 0.5)
        if not len(below) or below[0] == 0:
            return None
        after, before = int(below[0]), int(below[0]) - 1
        high, low = self.influence[before], self.influence[after]
        share = (high - 0.5) / (high - low)
        return float(self.distance[before] + share * (self.distance[after] - self.distance[before]))


def fading(found: Sequence[Floats], distance: NDArray[np.int64] | None = None) -> Fading:
    """From the influences in each text to their mean.

    Distances that fewer than a tenth of the texts reach are left out. Where the last words of all texts have no
    influence at all, it is told as a share of the greatest mean instead.

    Args:
        found: For each text the influence of its words, the last word first: (words,), at least one, none below 0.
        distance: How far back each of these words stands; by default 0, 1, 2 and so on.
    """
    longest = max(map(len, found), default=0)
    rows = np.full((len(found), longest), np.nan)
    for row, influences in zip(rows, found, strict=True):
        row[: len(influences)] = influences
    reached = ~np.isnan(rows)
    texts = reached.sum(axis=0)
    told = int((texts >= max(1, math.ceil(FEWEST * len(found)))).sum())
    rows, reached, texts = rows[:, :told], reached[:, :told], texts[:told]
    sums = np.where(reached, rows, 0.0).sum(axis=0)
    of_last = (reached * rows[:, :1]).sum(axis=0) if told else np.zeros(0)
    if (of_last > 0).all():
        influence = sums / of_last
    else:
        means = sums / texts
        influence = means / (means.max() or 1.0)
    places = np.arange(longest) if distance is None else distance
    return Fading(places[:told], influence, texts)
