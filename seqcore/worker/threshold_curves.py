"""ROC and precision-recall curves of one class against the rest, thinned for the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_POINTS = 200


@dataclass(frozen=True)
class Curve:
    """Points of a curve, in drawing order; `area` belongs to the full curve."""

    x: Floats
    y: Floats
    area: float


def roc_curve(positive: NDArray[Any], scores: NDArray[Any]) -> Curve | None:
    """False positive rate (x) against true positive rate (y), from (0, 0) to (1, 1).

    Args:
        positive: (rows,) booleans, true where the class is right.
        scores: (rows,) probabilities of the class.

    Returns:
        The curve with its area (trapezoids), or None when every row or no row is positive.
    """
    hits, alarms = _cumulated(positive, scores)
    if hits.size == 0 or hits[-1] == 0 or alarms[-1] == 0:
        return None
    x = np.concatenate([[0.0], alarms / alarms[-1]])
    y = np.concatenate([[0.0], hits / hits[-1]])
    return Curve(x, y, float(np.trapezoid(y, x)))


def precision_recall_curve(positive: NDArray[Any], scores: NDArray[Any]) -> Curve | None:
    """Recall (x) against precision (y), from recall 0 (precision 1 by convention) upwards.

    The area is the average precision, the sum of (R_n - R_{n-1}) P_n without interpolation.

    Returns:
        The curve, or None when no row is positive.
    """
    hits, alarms = _cumulated(positive, scores)
    if hits.size == 0 or hits[-1] == 0:
        return None
    recall = np.concatenate([[0.0], hits / hits[-1]])
    precision = np.concatenate([[1.0], hits / (hits + alarms)])
    return Curve(recall, precision, float(np.sum(np.diff(recall) * precision[1:])))


def thin(curve: Curve, most: int = MOST_POINTS) -> Curve:
    """At most `most` points of a curve, evenly spaced along its length, both ends kept."""
    if curve.x.size <= most:
        return curve
    along = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(curve.x)) + np.abs(np.diff(curve.y)))])
    kept = np.unique(np.searchsorted(along, np.linspace(0.0, along[-1], most)))
    kept[-1] = curve.x.size - 1  # rounding may stop one short of the end
    kept = np.unique(np.concatenate([[0], kept]))[-most:]
    kept[0] = 0
    return Curve(curve.x[kept], curve.y[kept], curve.area)


def _cumulated(positive: NDArray[Any], scores: NDArray[Any]) -> tuple[Floats, Floats]:
    """True and false positives at every distinct threshold, the highest first."""
    order = np.argsort(-np.asarray(scores, dtype=np.float64), kind="stable")
    sorted_scores = np.asarray(scores, dtype=np.float64)[order]
    right = np.asarray(positive, dtype=bool)[order]
    last_of_ties = np.append(np.diff(sorted_scores) != 0, True)[: right.size]
    hits = np.cumsum(right, dtype=np.float64)[last_of_ties]
    alarms = np.cumsum(~right, dtype=np.float64)[last_of_ties]
    return hits, alarms
