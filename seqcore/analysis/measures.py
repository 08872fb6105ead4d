"""What models can be compared by: of every measure, a score of each test text whose mean is the measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from seqcore.errors import OptionError

if TYPE_CHECKING:
    from seqcore.analysis.standings import Result

Scores = NDArray[np.float64]
_LEAST = 1e-7  # probability, as Keras clips them before the logarithm


@dataclass(frozen=True)
class Measure:
    """A score of each text, and how its mean is told.

    Attributes:
        name: As the command line takes it.
        label: What people call it.
        scores: (texts,) of a run's answers; their mean is the measure of the run.
        more_is_better: False for losses.
        is_share: From 0 to 1 and told in percent.
        texts: (texts,) which texts it is about; None where it is about all.
    """

    name: str
    label: str
    scores: Callable[[Result], Scores]
    more_is_better: bool = True
    is_share: bool = True
    texts: Callable[[Result], NDArray[np.bool_]] | None = None


def accuracies(result: Result) -> Scores:
    """1 for a right answer, 0 for a wrong one."""
    return result.right.astype(float)


def macro_f1(result: Result) -> Scores:
    """What each text adds to the mean F1 of the classes that occur, to first order.

    Source: the infinitesimal jackknife (Jaeckel 1972; Efron, The jackknife, the bootstrap and other resampling plans,
    1982): the measure plus the derivative of it by the weight of the text.
    """
    present = np.union1d(result.labels, result.predicted)  # as scikit-learn counts them
    by_text: Scores = np.mean([_f1(result, int(number)) for number in present], axis=0)
    return by_text


def losses(result: Result) -> Scores:
    """Cross-entropy of each text in nats."""
    return -np.log(np.clip(_of_the_label(result), _LEAST, 1.0))


def brier_scores(result: Result) -> Scores:
    """Squared distance between the probabilities and the true class, summed over the classes (Brier 1950): 0 to 2."""
    truth = np.eye(len(result.classes))[result.labels]
    squared: Scores = ((_probabilities(result) - truth) ** 2).sum(axis=1)
    return squared


def measures(classes: Sequence[str], *, with_probabilities: bool) -> list[Measure]:
    """Every measure of models of these classes.

    Args:
        classes: Their names.
        with_probabilities: Whether the probabilities of all classes are known.
    """
    found = [Measure("accuracy", "Accuracy", accuracies), Measure("macro_f1", "Macro F1", macro_f1)]
    if with_probabilities:
        found += [
            Measure("loss", "Log loss", losses, more_is_better=False, is_share=False),
            Measure("brier", "Brier score", brier_scores, more_is_better=False, is_share=False),
        ]
    for code, name in enumerate(classes):
        found += [_recall_of(code, name), _f1_of(code, name)]
    return found


def find_measure(name: str, classes: Sequence[str], *, with_probabilities: bool = True) -> Measure:
    """The measure of a name.

    Raises:
        OptionError: there is none.
    """
    known = measures(classes, with_probabilities=with_probabilities)
    for each in known:
        if each.name == name:
            return each
    raise OptionError(
        "There is no such measure",
        received=repr(name),
        remedy=f"Choose from: {', '.join(each.name for each in known[:20])}",
    )


def _recall_of(code: int, name: str) -> Measure:
    def labelled(result: Result) -> NDArray[np.bool_]:
        own: NDArray[np.bool_] = result.labels == code
        return own

    return Measure(f"recall:{name}", f"Recall of “{name}”", accuracies, texts=labelled)


def _f1_of(code: int, name: str) -> Measure:
    return Measure(f"f1:{name}", f"F1 of “{name}”", lambda result: _f1(result, code))


def _f1(result: Result, number: int) -> Scores:
    labelled, given = result.labels == number, result.predicted == number
    found, counted = labelled & given, labelled.astype(float) + given
    total = counted.sum()
    if total == 0:
        return np.zeros(len(labelled))
    f1 = 2 * found.sum() / total
    by_text: Scores = f1 + len(labelled) * (2 * found - f1 * counted) / total
    return by_text


def _of_the_label(result: Result) -> Scores:
    return _probabilities(result)[np.arange(len(result.labels)), result.labels]


def _probabilities(result: Result) -> NDArray[np.float64]:
    if result.probabilities is None:
        raise OptionError("The probabilities of this run are not kept", remedy="Compare by accuracy or macro F1")
    return result.probabilities.astype(float)
