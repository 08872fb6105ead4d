"""Answering only when sure: how many texts are answered, and how many of those rightly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.intervals import Interval, wilson_interval

_MOST_POINTS = 200

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Covered:
    """What comes of answering from a probability on.

    Attributes:
        threshold: That probability.
        texts: How many are answered.
        coverage: Share of all that is answered.
        accuracy: Share of the answered that is right; None where none is.
        interval: 95 % interval of that share (Wilson); None likewise.
    """

    threshold: float
    texts: int
    coverage: float
    accuracy: float | None
    interval: Interval | None


def covered(confidence: Shares, right: NDArray[np.bool_], threshold: float) -> Covered:
    """What comes of one threshold.

    Args:
        confidence: (texts,) probabilities of the answers.
        right: (texts,) whether each is right.
        threshold: Texts of a lower probability are left unanswered.
    """
    answered = confidence >= threshold
    return _covered(threshold, int(answered.sum()), int((answered & right).sum()), right.size)


def coverage_curve(confidence: Shares, right: NDArray[np.bool_]) -> tuple[Covered, ...]:
    """From the surest answers to all of them, at most 200 points; texts of equal probability are answered together."""
    order = np.argsort(-confidence, kind="stable")
    sure, hits = confidence[order], np.cumsum(right[order])
    last = np.flatnonzero(np.append(np.diff(sure) != 0, True))  # of each probability
    kept = last[np.unique(np.linspace(0, last.size - 1, min(_MOST_POINTS, last.size)).round().astype(int))]
    return tuple(_covered(float(sure[at]), int(at) + 1, int(hits[at]), right.size) for at in kept.tolist())


def threshold_for(confidence: Shares, right: NDArray[np.bool_], wanted: float) -> float | None:
    """The lowest threshold from which on a share `wanted` of the answers is right; None where none is high enough."""
    order = np.argsort(-confidence, kind="stable")
    sure, hits = confidence[order], np.cumsum(right[order])
    last = np.flatnonzero(np.append(np.diff(sure) != 0, True))
    good = last[hits[last] / (last + 1) >= wanted - 1e-12]
    return float(sure[good[-1]]) if good.size else None


def _covered(threshold: float, texts: int, hits: int, total: int) -> Covered:
    if not texts:
        return Covered(threshold, 0, 0.0, None, None)
    return Covered(threshold, texts, texts / total, hits / texts, wilson_interval(hits, texts))
