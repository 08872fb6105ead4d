"""Of two classes, how likely the one must be to be said, given what each kind of mistake costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqcore.errors import OptionError

HALF = 0.5
_MOST_POINTS = 200

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Costs:
    """What a mistake costs, in any unit.

    Attributes:
        false_positive: Of saying the class where it is not.
        false_negative: Of not saying it where it is.
    """

    false_positive: float = 1.0
    false_negative: float = 1.0

    def __post_init__(self) -> None:
        values = (self.false_positive, self.false_negative)
        if not all(0 <= value <= 1e9 for value in values) or not any(values):
            raise OptionError(
                "The costs of mistakes are numbers from 0, not both 0",
                received=f"{self.false_positive} and {self.false_negative}",
                remedy="Give for example 1 and 5",
            )

    @property
    def of_calibrated(self) -> float:
        """The cheapest threshold where probabilities mean what they say (Elkan, IJCAI 2001)."""
        return self.false_positive / (self.false_positive + self.false_negative)


@dataclass(frozen=True)
class Decision:
    """What comes of saying the class from a probability on.

    Attributes:
        threshold: That probability.
        precision: Share of the texts it is said of that it is right for; None where it is never said.
        recall: Share of its texts that it is said of; None where there are none.
        false_positives: Texts of the other class that it is said of.
        false_negatives: Texts of it that it is not said of.
        cost: Mean cost of a text.
    """

    threshold: float
    precision: float | None
    recall: float | None
    false_positives: int
    false_negatives: int
    cost: float


def decide(shares: Shares, positive: NDArray[np.bool_], threshold: float, costs: Costs) -> Decision:
    """What comes of one threshold.

    Args:
        shares: (texts,) probability of the class.
        positive: (texts,) whether each is of the class.
        threshold: From which probability on it is said.
        costs: Of mistakes.
    """
    said = shares >= threshold
    return _decision(threshold, int((said & positive).sum()), int((said & ~positive).sum()), positive, costs)


def decisions(shares: Shares, positive: NDArray[np.bool_], costs: Costs) -> tuple[Decision, ...]:
    """What comes of every threshold that makes a difference, at most 200 of them, rising."""
    thresholds, hits, alarms = _counts(shares, positive)
    kept = np.unique(np.linspace(0, len(thresholds) - 1, min(_MOST_POINTS, len(thresholds))).round().astype(int))
    return tuple(
        _decision(float(thresholds[at]), int(hits[at]), int(alarms[at]), positive, costs) for at in kept.tolist()
    )


def cheapest(shares: Shares, positive: NDArray[np.bool_], costs: Costs) -> float:
    """The threshold of the lowest cost on these texts; of several the nearest to that of calibrated probabilities."""
    thresholds, hits, alarms = _counts(shares, positive)
    total = costs.false_positive * alarms + costs.false_negative * (int(positive.sum()) - hits)
    lowest = thresholds[total <= total.min() + 1e-9]
    return float(lowest[np.argmin(np.abs(lowest - costs.of_calibrated))])


def _counts(shares: Shares, positive: NDArray[np.bool_]) -> tuple[Shares, NDArray[Any], NDArray[Any]]:
    """Rising thresholds, between two probabilities or beyond all; how often it is said rightly, and wrongly."""
    values = np.unique(shares)
    between = (values[:-1] + values[1:]) / 2
    above = (values[-1] + 1) / 2 if values[-1] < 1 else np.nextafter(1.0, 2.0)
    thresholds = np.concatenate([[0.0], between, [above]])
    of_class, others = np.sort(shares[positive]), np.sort(shares[~positive])
    hits = of_class.size - np.searchsorted(of_class, thresholds, side="left")
    alarms = others.size - np.searchsorted(others, thresholds, side="left")
    return thresholds, hits, alarms


def _decision(threshold: float, hits: int, alarms: int, positive: NDArray[np.bool_], costs: Costs) -> Decision:
    of_class = int(positive.sum())
    missed = of_class - hits
    cost = (costs.false_positive * alarms + costs.false_negative * missed) / positive.size
    precision = hits / (hits + alarms) if hits + alarms else None
    return Decision(threshold, precision, hits / of_class if of_class else None, alarms, missed, cost)


def positive_code(classes: Sequence[str], positive: str | None) -> int:
    """The position of the class that the threshold is of; the second where none is named.

    Raises:
        OptionError: there are more than two classes, or none of that name.
    """
    if len(classes) != 2:
        raise OptionError("A threshold is for two classes", received=f"{len(classes)} classes")
    if positive is None:
        return 1
    if positive not in classes:
        raise OptionError(
            "There is no such class", received=repr(positive[:60]), remedy=f"Choose from: {', '.join(classes)}"
        )
    return list(classes).index(positive)
