"""The curves of several seeds as one: their mean, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Points:
    """A curve.

    Attributes:
        x: (points,) epochs, rising; 1.0 is the end of the first.
        loss: (points,) in nats.
        accuracy: (points,) from 0 to 1.
    """

    x: Values
    loss: Values
    accuracy: Values

    @classmethod
    def of(cls, rows: Sequence[tuple[float, float, float]]) -> Points:
        """From epoch, loss and accuracy of each point."""
        table = np.array(rows, np.float64).reshape(-1, 3)
        return cls(table[:, 0], table[:, 1], table[:, 2])


def mean_over(seeds: Sequence[Points]) -> Points:
    """The mean, at every epoch of those that have come so far."""
    if len(seeds) == 1:
        return seeds[0]
    x, loss, accuracy = _on_one_axis(seeds)
    return Points(x, _mean(loss), _mean(accuracy))


def spread_over(seeds: Sequence[Points]) -> Points:
    """The outline of the band between the lowest and the highest: there along the highest, back along the lowest."""
    x, loss, accuracy = _on_one_axis(seeds)

    def around(values: Values) -> Values:
        return np.concatenate([np.fmax.reduce(values), np.fmin.reduce(values)[::-1]])  # both pass over NaN

    return Points(np.concatenate([x, x[::-1]]), around(loss), around(accuracy))


def _mean(values: Values) -> Values:
    """(epochs,) means of what is a number in each column; NaN where nothing is."""
    known = np.isfinite(values)
    number = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _on_one_axis(seeds: Sequence[Points]) -> tuple[Values, Values, Values]:
    """All epochs at which any was measured; (seeds, epochs) losses and accuracies, NaN where one has not been."""
    measured = [each for each in seeds if each.x.size]
    if not measured:
        nothing = np.zeros((1, 0))
        return np.zeros(0), nothing, nothing
    x = np.unique(np.concatenate([each.x for each in measured]))
    loss = np.stack([np.interp(x, each.x, each.loss, np.nan, np.nan) for each in measured])
    accuracy = np.stack([np.interp(x, each.x, each.accuracy, np.nan, np.nan) for each in measured])
    return x, loss, accuracy
