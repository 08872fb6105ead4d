"""The scores of a model on one split, from its probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

from seqcore.errors import DataError
from seqcore.worker.threshold_curves import MOST_POINTS, precision_recall_curve, roc_curve, thin

Codes = NDArray[Any]  # (rows,) integers, positions in the list of classes
_CURVE_NUMBERS = 8_000  # points of all curves together, so that 200 classes stay a small file
_FEWEST_POINTS = 40


def summary(labels: Codes, probabilities: NDArray[Any]) -> dict[str, float]:
    """What one line says of a model's answers on one split.

    Args:
        labels: (rows,) codes of the true classes.
        probabilities: (rows, classes); each row is made to sum to 1.

    Returns:
        accuracy, macro_f1 (of the classes that occur, as truth or as answer), loss (in nats).

    Raises:
        DataError: there is no row to judge by.
        ValueError: the shapes do not fit together, or a probability is not a number.
    """
    _check(labels, probabilities)
    predicted = probabilities.argmax(axis=1)
    shares = probabilities / probabilities.sum(axis=1, keepdims=True, dtype=np.float64)
    return {
        "accuracy": float(metrics.accuracy_score(labels, predicted)),
        "macro_f1": float(metrics.f1_score(labels, predicted, average="macro", zero_division=0)),
        "loss": float(metrics.log_loss(labels, shares, labels=range(probabilities.shape[1]))),
    }


def evaluate(labels: Codes, probabilities: NDArray[Any], classes: Sequence[str], ms_per_text: float) -> dict[str, Any]:
    """Everything that is stored about a model's answers on one split, ready for JSON.

    Args:
        labels: (rows,) codes of the true classes.
        probabilities: (rows, classes), in the order of `classes`.
        classes: Names of the classes.
        ms_per_text: Milliseconds that one answer took.

    Returns:
        The summary, ms_per_text, confusion (a row a true class), per_class, roc, precision_recall. The curves have at
        most 200 points; with two classes there is one curve, of the second class. Classes without a curve are left
        out.

    Raises:
        DataError: there is no row to judge by.
        ValueError: the shapes do not fit together, or a probability is not a number.
    """
    if probabilities.shape[1] != len(classes):
        raise ValueError(f"probabilities are of {probabilities.shape[1]} classes, there are {len(classes)}")
    short = summary(labels, probabilities)
    predicted = probabilities.argmax(axis=1)
    return {
        **short,
        "ms_per_text": float(ms_per_text),
        "confusion": metrics.confusion_matrix(labels, predicted, labels=range(len(classes))).tolist(),
        "per_class": _per_class(labels, predicted, classes),
        **_curves(labels, probabilities, classes),
    }


def _per_class(labels: Codes, predicted: Codes, classes: Sequence[str]) -> list[dict[str, Any]]:
    """Precision, recall, F1 and support of every class; 0 where a share has no rows to be a share of."""
    scores = metrics.precision_recall_fscore_support(labels, predicted, labels=range(len(classes)), zero_division=0)
    return [
        {
            "label": str(label),
            "precision": float(precision),
            "recall": float(recall),
            "f1": float(f1),
            "support": int(support),
        }
        for label, precision, recall, f1, support in zip(classes, *scores, strict=True)
    ]


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


def _check(labels: Codes, probabilities: NDArray[Any]) -> None:
    if labels.size == 0:
        raise DataError("There is no text to test the model on", remedy="Add texts, or raise the test share")
    if len(probabilities) != labels.size:
        raise ValueError(f"there are {len(probabilities)} rows of probabilities for {labels.size} labels")
    if not np.isfinite(probabilities).all():
        raise ValueError("a probability is not a number")
    if labels.min() < 0 or labels.max() >= probabilities.shape[1]:
        raise ValueError(f"labels run from {labels.min()} to {labels.max()}, of {probabilities.shape[1]} classes")


def _rounded(values: NDArray[Any]) -> list[float]:
    return [round(float(value), 5) for value in values]
