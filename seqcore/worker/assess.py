"""From a model's probabilities to its evaluation; knows nothing of how they were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from seqcore.analysis.evaluation import Evaluation, majority
from seqcore.worker.scoring import score, score_fully


@dataclass(frozen=True)
class Answered:
    """What a model said of one split.

    Attributes:
        labels: (rows,) codes of the true classes.
        probabilities: (rows, classes).
        ms_per_text: Milliseconds that one answer took.
    """

    labels: NDArray[Any]
    probabilities: NDArray[Any]
    ms_per_text: float = 0.0


def assess(
    classes: Sequence[str],
    *,
    training: NDArray[Any],
    validation: Answered,
    test: Answered,
    sizes: Mapping[str, int],
    timings: Mapping[str, float],
) -> Evaluation:
    """Everything that is kept of a run's answers.

    Args:
        classes: Labels as the user wrote them.
        training: (rows,) codes of the training rows, which decide what the baseline answers.
        validation: What it said of the validation split.
        test: What it said of the test split.
        sizes: What the data decided about the model.
        timings: Seconds of the stages before the test, by their names.

    Raises:
        DataError: there is no row to judge by.
    """
    return Evaluation(
        classes=tuple(classes),
        test=score_fully(test.labels, test.probabilities, classes, test.ms_per_text),
        validation=score(validation.labels, validation.probabilities),
        sizes=dict(sizes),
        baseline=majority(training, test.labels, classes),
        timings=dict(timings),
    )
