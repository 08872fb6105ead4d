"""The scores of a model on one split, from its probabilities (NumPy only, equal to scikit-learn's)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.threshold_curves import MOST_POINTS, precision_recall_curve, roc_curve, thin
from seqcore.errors import DataError

Codes = NDArray[Any]  # (rows,) integers, positions in the list of classes
_CURVE_NUMBERS = 8_000  # points of all curves together, so that 200 classes stay a small file
_FEWEST_POINTS = 40


def confusion_matrix(labels: Codes, predicted: Codes, classes: int) -> NDArray[np.int64]:
    """Rows of each true class (row) given each predicted class (column): (classes, classes)."""
    cells = np.asarray(labels, dtype=np.int64) * classes + np.asarray(predicted, dtype=np.int64)
    return np.bincount(cells, minlength=classes * classes).reshape(classes, classes)


def accuracy(labels: Codes, predicted: Codes) -> float:
    """Share of rows given their true class."""
    return float(np.mean(np.asarray(labels) == np.asarray(predicted)))


def per_class_scores(confusion: NDArray[Any], classes: Sequence[str]) -> list[dict[str, Any]]:
    """Precision, recall, F1 and support of every class; 0 where a share has no rows to be a share of."""
    right = np.diag(confusion).astype(np.float64)
    support = confusion.sum(axis=1)
    precision = _share(right, confusion.sum(axis=0))
    recall = _share(right, support)
    f1 = _share(2 * right, support + confusion.sum(axis=0))
    return [
        {
            "label": str(label),
            "precision": float(precision[i]),
            "recall": float(recall[i]),
            "f1": float(f1[i]),
            "support": int(support[i]),
        }
        for i, label in enumerate(classes)
    ]


def macro_f1(confusion: NDArray[Any]) -> float:
    """Mean F1 of the classes that occur, as truth or as prediction; every class counts the same."""
    involved = confusion.sum(axis=1) + confusion.sum(axis=0)
    return float(np.mean(_share(2.0 * np.diag(confusion), involved)[involved > 0]))


def log_loss(labels: Codes, probabilities: NDArray[Any]) -> float:
    """Mean of -ln(probability of the true class), in nats; each row is made to sum to 1 first."""
    rows = np.asarray(probabilities, dtype=np.float64)
    smallest = np.finfo(np.float64).eps
    rows = np.clip(rows, smallest, 1 - smallest)
    rows = rows / rows.sum(axis=1, keepdims=True)
    chosen = rows[np.arange(len(rows)), np.asarray(labels, dtype=np.int64)]
    return float(-np.mean(np.log(chosen)))


def evaluate(labels: Codes, probabilities: NDArray[Any], classes: Sequence[str], ms_per_text: float) -> dict[str, Any]:
    """Everything that is stored about a model's answers on one split, ready for JSON.

    Args:
        labels: (rows,) codes of the true classes.
        probabilities: (rows, classes), in the order of `classes`.
        classes: Names of the classes.
        ms_per_text: Milliseconds that one answer took.

    Returns:
        accuracy, macro_f1, loss, ms_per_text, confusion, per_class, roc, precision_recall. The curves have at most
        200 points; with two classes there is one curve, of the second class. Classes without a curve are left out.

    Raises:
        DataError: there is no row to judge by.
        ValueError: the shapes do not fit together, or a probability is not a number.
    """
    labels = np.asarray(labels, dtype=np.int64)
    probabilities = np.asarray(probabilities, dtype=np.float64)
    _check(labels, probabilities, classes)
    predicted = probabilities.argmax(axis=1)
    confusion = confusion_matrix(labels, predicted, len(classes))
    return {
        "accuracy": accuracy(labels, predicted),
        "macro_f1": macro_f1(confusion),
        "loss": log_loss(labels, probabilities),
        "ms_per_text": float(ms_per_text),
        "confusion": confusion.tolist(),
        "per_class": per_class_scores(confusion, classes),
        **_curves(labels, probabilities, classes),
    }


def _curves(labels: Codes, probabilities: NDArray[Any], classes: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    shown = [1] if len(classes) == 2 else range(len(classes))
    most = int(np.clip(_CURVE_NUMBERS // len(classes), _FEWEST_POINTS, MOST_POINTS))
    roc: list[dict[str, Any]] = []
    precision_recall: list[dict[str, Any]] = []
    for code in shown:
        label, positive, scores = str(classes[code]), labels == code, probabilities[:, code]
        if (full := roc_curve(positive, scores)) is not None:
            line = thin(full, most)
            roc.append({"label": label, "auc": full.area, "fpr": _rounded(line.x), "tpr": _rounded(line.y)})
        if (full := precision_recall_curve(positive, scores)) is not None:
            line = thin(full, most)
            precision_recall.append(
                {
                    "label": label,
                    "average_precision": full.area,
                    "recall": _rounded(line.x),
                    "precision": _rounded(line.y),
                }
            )
    return {"roc": roc, "precision_recall": precision_recall}


def _check(labels: Codes, probabilities: NDArray[Any], classes: Sequence[str]) -> None:
    if labels.size == 0:
        raise DataError("There is no text to test the model on", remedy="Add texts, or raise the test share")
    if probabilities.shape != (labels.size, len(classes)):
        raise ValueError(f"probabilities are {probabilities.shape}, expected {(labels.size, len(classes))}")
    if not np.isfinite(probabilities).all():
        raise ValueError("a probability is not a number")
    if labels.min() < 0 or labels.max() >= len(classes):
        raise ValueError(f"labels run from {labels.min()} to {labels.max()}, there are {len(classes)} classes")


def _share(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    shares = np.zeros(len(part), dtype=np.float64)
    np.divide(part, whole, out=shares, where=np.asarray(whole) > 0)
    return shares


def _rounded(values: NDArray[Any]) -> list[float]:
    return [round(float(value), 5) for value in values]
