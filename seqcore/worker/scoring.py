"""The scores of a model on one split, from its probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

from seqcore.analysis.evaluation import ClassScores, FullScores, PrecisionRecallCurve, RocCurve, Scores
from seqcore.errors import DataError
from seqcore.worker.threshold_curves import MOST_POINTS, precision_recall_curve, roc_curve, thin

Codes = NDArray[Any]  # (rows,) integers, positions in the list of classes
_CURVE_NUMBERS = 8_000  # points of all curves together, so that 200 classes stay a small file
_FEWEST_POINTS = 40


def score(labels: Codes, probabilities: NDArray[Any]) -> Scores:
    """How good a model's answers on one split are, in three numbers.

    Macro F1 is that of the classes that occur, as truth or as answer.

    Args:
        labels: (rows,) codes of the true classes.
        probabilities: (rows, classes); each row is made to sum to 1.

    Raises:
        DataError: there is no row to judge by.
        ValueError: the shapes do not fit together, or a probability is not a number.
    """
    _check(labels, probabilities)
    predicted = probabilities.argmax(axis=1)
    shares = probabilities / probabilities.sum(axis=1, keepdims=True, dtype=np.float64)
    return Scores(
        accuracy=float(metrics.accuracy_score(labels, predicted)),
        macro_f1=float(metrics.f1_score(labels, predicted, average="macro", zero_division=0)),
        loss=float(metrics.log_loss(labels, shares, labels=range(probabilities.shape[1]))),
    )


def score_fully(labels: Codes, probabilities: NDArray[Any], classes: Sequence[str], ms_per_text: float) -> FullScores:
    """Everything that is stored about a model's answers on one split.

    A curve has at most 200 points, fewer when there are many of them.

    Args:
        labels: (rows,) codes of the true classes.
        probabilities: (rows, classes), in the order of `classes`.
        classes: Names of the classes.
        ms_per_text: Milliseconds that one answer took.

    Raises:
        DataError: there is no row to judge by.
        ValueError: the shapes do not fit together, or a probability is not a number.
    """
    if probabilities.shape[1] != len(classes):
        raise ValueError(f"probabilities are of {probabilities.shape[1]} classes, there are {len(classes)}")
    short, predicted = score(labels, probabilities), probabilities.argmax(axis=1)
    shown = [1] if len(classes) == 2 else range(len(classes))
    most = int(np.clip(_CURVE_NUMBERS // len(classes), _FEWEST_POINTS, MOST_POINTS))
    curves = [_curves(str(classes[code]), labels == code, probabilities[:, code], most) for code in shown]
    return FullScores(
        **short.model_dump(),
        ms_per_text=ms_per_text,
        confusion=metrics.confusion_matrix(labels, predicted, labels=range(len(classes))).tolist(),
        per_class=_per_class(labels, predicted, classes),
        roc=tuple(roc for roc, _ in curves if roc),
        precision_recall=tuple(line for _, line in curves if line),
    )


def _curves(
    label: str, positive: NDArray[Any], scores: NDArray[Any], most: int
) -> tuple[RocCurve | None, PrecisionRecallCurve | None]:
    """Both curves of a class against the rest; of many classes and rows, one is laid out at a time."""
    return _roc(label, positive, scores, most), _precision_recall(label, positive, scores, most)


def _per_class(labels: Codes, predicted: Codes, classes: Sequence[str]) -> tuple[ClassScores, ...]:
    """Of every class; 0 where a share has no rows to be a share of."""
    every = range(len(classes))
    scores = metrics.precision_recall_fscore_support(labels, predicted, labels=every, zero_division=0)
    return tuple(
        ClassScores(label=str(label), precision=precision, recall=recall, f1=f1, support=support)
        for label, precision, recall, f1, support in zip(classes, *(each.tolist() for each in scores), strict=True)
    )


def _roc(label: str, positive: NDArray[Any], scores: NDArray[Any], most: int) -> RocCurve | None:
    full = roc_curve(positive, scores)
    if full is None:
        return None
    line = thin(full, most)
    return RocCurve(label=label, auc=full.area, fpr=_rounded(line.x), tpr=_rounded(line.y))


def _precision_recall(
    label: str, positive: NDArray[Any], scores: NDArray[Any], most: int
) -> PrecisionRecallCurve | None:
    full = precision_recall_curve(positive, scores)
    if full is None:
        return None
    line = thin(full, most)
    return PrecisionRecallCurve(
        label=label, average_precision=full.area, recall=_rounded(line.x), precision=_rounded(line.y)
    )


def _check(labels: Codes, probabilities: NDArray[Any]) -> None:
    if labels.size == 0:
        raise DataError("There is no text to test the model on", remedy="Add texts, or raise the test share")
    if len(probabilities) != labels.size:
        raise ValueError(f"there are {len(probabilities)} rows of probabilities for {labels.size} labels")
    if not np.isfinite(probabilities).all():
        raise ValueError("a probability is not a number")
    if labels.min() < 0 or labels.max() >= probabilities.shape[1]:
        raise ValueError(f"labels run from {labels.min()} to {labels.max()}, of {probabilities.shape[1]} classes")


def _rounded(values: NDArray[Any]) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)
