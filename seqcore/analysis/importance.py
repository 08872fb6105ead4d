"""How much of the differences between trials goes along with each of their settings.

A share of variance of ranks: those of the costs, explained by the place of a number and its square (so that a best
value in the middle counts) or by the mean of each value; adjusted for how many numbers explain. Ranks, because one
training that exploded would be all that a variance sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.pairs import LEVEL, holm

FEWEST_TRIALS = 8
SHUFFLES = 999  # of the costs, to see what chance would show
FEW_VALUES = 3  # numbers with no more values than this are compared value by value
NOTE = (
    "In these trials only: they were not drawn at random, and settings that changed together share what they explain."
)

Value = bool | int | float | str
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Importance:
    """Of one setting.

    Attributes:
        title: What people call it.
        share: Of the variance of the ranks of the costs, from 0 to 1.
        p_value: How often shuffled costs show as much, corrected for the number of settings (Holm).
    """

    title: str
    share: float
    p_value: float

    @property
    def is_clear(self) -> bool:
        """Whether chance would hardly show as much."""
        return self.p_value <= LEVEL


def importances(columns: Mapping[str, Sequence[Value]], costs: Sequence[float], *, seed: int = 0) -> list[Importance]:
    """The settings, those that explain most first; none where there are too few trials to say anything.

    Args:
        columns: Of each setting, by its title, its value in every trial.
        costs: Of every trial, the lower the better; infinite ones are the worst.
        seed: Draws the shuffles.
    """
    if len(costs) < FEWEST_TRIALS:
        return []
    cost = _centred(_ranks(np.asarray(costs, float)))
    drawn = np.random.default_rng(seed)
    shuffled = np.stack([cost, *(drawn.permutation(cost) for _ in range(SHUFFLES))])  # (1 + shuffles, trials)
    found = {title: _explained(_explaining(values), shuffled) for title, values in columns.items()}
    corrected = holm([p_value for _, p_value in found.values()])
    each = [Importance(title, found[title][0], p) for title, p in zip(found, corrected, strict=True)]
    return sorted(each, key=lambda one: -one.share)


def describe_importances(found: Sequence[Importance], trials: int) -> str:
    """What may be said of them, in words."""
    if not found:
        return f"Fewer than {FEWEST_TRIALS} trials say nothing about which setting matters."
    shown = enumerate(one for one in found if one.is_clear)
    clear = [f"{100 * one.share:.0f}\u00a0% {'with' if place else 'go along with'} {one.title}" for place, one in shown]
    rest = [one.title for one in found if not one.is_clear]
    parts = []
    if clear:
        parts.append(f"Of the differences in validation loss between {trials} trials, {', '.join(clear)}.")
    if rest:
        parts.append(f"No more than chance would show: {', '.join(rest)}.")
    return " ".join([*parts, NOTE])


def _explained(explaining: Array, costs: Array) -> tuple[float, float]:
    """The adjusted share that some numbers explain of the first row of costs, and how often the others show as much.

    Args:
        explaining: (trials, numbers), centred.
        costs: (rows, trials), centred; the rows are shuffles of the first.
    """
    directions, sizes, _ = np.linalg.svd(explaining, full_matrices=False)
    directions = directions[:, sizes > 1e-9 * max(float(sizes.max(initial=0.0)), 1e-300)]
    count, used = costs.shape[1], directions.shape[1]
    whole = float((costs[0] ** 2).sum())
    if whole == 0 or used == 0 or count - used < 2:
        return 0.0, 1.0
    shares = ((costs @ directions) ** 2).sum(axis=1) / whole
    adjusted = 1 - (1 - float(shares[0])) * (count - 1) / (count - used - 1)
    return max(0.0, adjusted), float((shares >= shares[0] - 1e-9).mean())


def _explaining(values: Sequence[Value]) -> Array:
    """(trials, numbers) what stands for a setting, centred."""
    different = sorted(set(values), key=str)
    numbers = not any(isinstance(value, bool | str) for value in values)
    if numbers and len(different) > FEW_VALUES:
        place = _centred(_ranks(np.asarray(values, float)))
        return _centred(np.stack([place, place**2], axis=1))
    return _centred(np.array([[float(value == each) for each in different[1:]] for value in values]))


def _ranks(values: Array) -> Array:
    """Ranks from 1; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Array = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return ranks


def _centred(values: Array) -> Array:
    centred: Array = values - values.mean(axis=0)
    return centred
