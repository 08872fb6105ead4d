"""How long the examples of a data set are, in the steps that a model reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BINS = 40
LOOKED_AT = 10_000  # examples at most: to count the words of 50,000 long texts takes as long as to learn them
_USUAL = 99  # per cent of the examples that the bars before the last have room for


@dataclass(frozen=True)
class Lengths:
    """Steps of the examples before they are cut.

    Attributes:
        total: Examples of the data set, of which these were looked at.
        edges: Steps at the bounds of the bars, one more than bars; a bar holds from its first bound up to before its
            second. Behind the last bound are those of `longer`.
        counts: Examples in each bar.
        longer: Examples of at least as many steps as the last bound.
        median: Steps of the middle example.
        longest: Steps of the longest.
        most: Steps that a model reads of an example at most.
        cut: Examples that have more.
    """

    total: int
    edges: tuple[int, ...]
    counts: tuple[int, ...]
    longer: int
    median: float
    longest: int
    most: int
    cut: int

    @property
    def examples(self) -> int:
        """How many examples were looked at."""
        return sum(self.counts) + self.longer


def looked_at(rows: int) -> range:
    """The rows whose lengths are counted: all of them, of many every second, third ... one."""
    return range(0, rows, -(-rows // LOOKED_AT) or 1)


def lengths_of(steps: npt.NDArray[np.integer], most: int, total: int) -> Lengths:
    """Count examples by their length, in bars of whole steps.

    Args:
        steps: (examples,) steps of each, before they are cut; at least one example.
        most: Steps that a model reads at most.
        total: Examples of the whole data set.
    """
    longest = int(steps.max())
    usual = max(int(np.percentile(steps, _USUAL)), 1)
    width = max(1, -(-usual // BINS))
    end = width * (usual // width + 1)
    if longest < end + 2 * width:  # an open bar for the last few would hide more than it shows
        end = width * (longest // width + 1)
    edges = np.arange(0, end + width, width)
    counts, _ = np.histogram(steps[steps < end], edges)
    return Lengths(
        total=total,
        edges=tuple(int(edge) for edge in edges),
        counts=tuple(int(count) for count in counts),
        longer=int((steps >= end).sum()),
        median=float(np.median(steps)),
        longest=longest,
        most=most,
        cut=int((steps > most).sum()),
    )
