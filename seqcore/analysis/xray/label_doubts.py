"""Labels that are likely wrong: confident learning on what models say that did not learn from the text.

Source: Northcutt, Jiang & Chuang, Confident Learning: Estimating Uncertainty in Dataset Labels, JAIR 70 (2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.integer]
Probabilities = npt.NDArray[np.floating]


@dataclass(frozen=True)
class Doubt:
    """A label that is likely wrong.

    Attributes:
        row: Of which row.
        suggested: Number of the class that is more likely.
        score: How much more likely, from 0 to 1: the probability of that class minus the one of the label given.
    """

    row: int
    suggested: int
    score: float


def doubtful_labels(codes: Codes, probabilities: Probabilities) -> list[Doubt]:
    """Rows whose label is likely another one, the surest first.

    How many rows labelled i are likely of class j is estimated by counting the rows that are confidently of class j,
    those whose probability of j is at least the mean of that probability over the rows labelled j; of the rows
    labelled i the so many are taken that speak most for j ("prune by noise rate" in the source).

    Args:
        codes: Class of each row as labelled, (rows,).
        probabilities: (rows, classes) by models that did not learn from the row.
    """
    own = probabilities[np.arange(len(codes)), codes]
    likeliest = probabilities.argmax(axis=1)
    found = []
    for (label, suggested), number in np.ndenumerate(_likely_numbers(codes, probabilities)):
        if label == suggested or not number:
            continue
        rows = np.flatnonzero((codes == label) & (likeliest == suggested))
        lead = probabilities[rows, suggested] - own[rows]
        most = np.argsort(-lead, kind="stable")[:number]
        found += [Doubt(int(rows[at]), suggested, float(lead[at])) for at in most if lead[at] > 0]
    return sorted(found, key=lambda doubt: (-doubt.score, doubt.row))


def _likely_numbers(codes: Codes, probabilities: Probabilities) -> npt.NDArray[np.int64]:
    """How many of the rows with each label are likely of each class, (label, class)."""
    rows, classes = probabilities.shape
    sizes = np.bincount(codes, minlength=classes)
    means = np.bincount(codes, probabilities[np.arange(rows), codes], classes) / np.maximum(sizes, 1)
    thresholds = np.where(sizes > 0, means, np.inf)  # nothing is confidently of a class without rows
    confident = np.where(probabilities >= thresholds, probabilities, -1.0)
    sure = confident.max(axis=1) >= 0
    joint = np.zeros((classes, classes))
    np.add.at(joint, (codes[sure], confident[sure].argmax(axis=1)), 1)
    counted = np.maximum(joint.sum(axis=1, keepdims=True), 1)
    numbers: npt.NDArray[np.int64] = np.rint(joint / counted * sizes[:, None]).astype(np.int64)
    return numbers
