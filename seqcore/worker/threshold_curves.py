"""ROC and precision-recall curves of one class against the rest, thinned for the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

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
    if np.all(positive) or not np.any(positive):
        return None
    x, y, _ = metrics.roc_curve(positive, scores, drop_intermediate=False)
    return Curve(x, y, float(metrics.auc(x, y)))


def precision_recall_curve(positive: NDArray[Any], scores: NDArray[Any]) -> Curve | None:
    """Recall (x) against precision (y), from recall 0 (precision 1 by convention) upwards.

    The area is the average precision, the sum of (R_n - R_{n-1}) P_n without interpolation.

    Returns:
        The curve, or None when no row is positive.
    """
    if not np.any(positive):
        return None
    precision, recall, _ = metrics.precision_recall_curve(positive, scores)
    return Curve(recall[::-1], precision[::-1], float(metrics.average_precision_score(positive, scores)))


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
