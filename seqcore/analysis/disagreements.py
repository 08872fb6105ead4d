"""Where models disagree: who is right where another is wrong, and the texts behind any such number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Right = NDArray[np.bool_]
Texts = NDArray[np.int64]


@dataclass(frozen=True)
class Pair:
    """Two models on the same texts.

    Attributes:
        first: Position of the one among the models.
        second: Position of the other.
        both_right: Texts that both get right.
        only_first: That only the first gets right.
        only_second: That only the second gets right.
        both_wrong: That neither gets right.
        same_answer: That both give the same class.
    """

    first: int
    second: int
    both_right: int
    only_first: int
    only_second: int
    both_wrong: int
    same_answer: int


def pairs_of(predicted: NDArray[Any], labels: NDArray[Any]) -> tuple[Pair, ...]:
    """Every two of the models.

    Args:
        predicted: (models, texts) codes of the answers.
        labels: (texts,) codes of the true classes.
    """
    right = predicted == labels
    found = []
    for first in range(len(right)):
        for second in range(first + 1, len(right)):
            one, other = right[first], right[second]
            found.append(
                Pair(
                    first, second,
                    both_right=int((one & other).sum()), only_first=int((one & ~other).sum()),
                    only_second=int((~one & other).sum()), both_wrong=int((~one & ~other).sum()),
                    same_answer=int((predicted[first] == predicted[second]).sum()),
                )
            )  # fmt: skip
    return tuple(found)


def right_where_wrong(right: Right) -> NDArray[np.int64]:
    """(models, models): texts that the model of the row gets right and that of the column wrong."""
    counts: NDArray[np.int64] = right.astype(np.int64) @ (~right).T.astype(np.int64)
    return counts


def texts_of_pair(right: Right, first: int, second: int) -> Texts:
    """Positions of the texts that the first gets right and the second wrong."""
    return np.flatnonzero(right[first] & ~right[second])


def texts_of_cell(predicted: NDArray[Any], labels: NDArray[Any], true: int, given: int) -> Texts:
    """Positions of the texts of one class that a model gave another, or the same.

    Args:
        predicted: (texts,) codes of one model's answers.
        labels: (texts,) codes of the true classes.
        true: Code of the true class.
        given: Code of the answer.
    """
    return np.flatnonzero((labels == true) & (predicted == given))


def texts_disagreed_on(predicted: NDArray[Any]) -> Texts:
    """Positions of the texts that the models do not all give the same class."""
    return np.flatnonzero((predicted != predicted[0]).any(axis=0))


def told_apart(shares: Sequence[float], true: int, most: int = 3) -> tuple[int, ...]:
    """Codes of the classes whose probabilities are worth telling: the likeliest, and the true one."""
    order = sorted(range(len(shares)), key=lambda code: -shares[code])
    told = order[: 1 if len(shares) == 2 else most]
    return tuple(told if true in told or len(shares) == 2 else [*told[:-1], true])
