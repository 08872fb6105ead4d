"""What is known of the difference of two models: how large it is, and what chance alone does to it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.intervals import LEVEL, Interval

FEWEST_SEEDS = 3  # of a model, below which nobody knows how far its seeds lie apart
SAME = 1e-12  # below which scores differ through rounding only


@dataclass(frozen=True)
class Evidence(ABC):
    """A difference of two mean scores, with a margin for the sources of chance that its kind counts.

    Attributes:
        value: Mean score of the first model minus that of the second.
        texts: How many different texts both answered.
        differing: How many of them have another mean score with the one than with the other.
        of_architectures: Whether it holds for other trainings, too; else for these trained models alone.
    """

    value: float
    texts: int
    differing: int
    of_architectures: bool = field(default=True, kw_only=True)

    @property
    @abstractmethod
    def variance(self) -> float:
        """Of the difference, from everything that is counted."""

    @property
    @abstractmethod
    def numbers_of_seeds(self) -> tuple[int, ...]:
        """How many seeds each model has of which another seed makes another model."""

    @abstractmethod
    def with_seeds(self, number: int) -> Evidence:
        """The same difference and spreads from so many seeds of each model."""

    @abstractmethod
    def margin(self, alpha: float = 1 - LEVEL) -> float:
        """What chance alone exceeds, to either side, in `alpha` of such experiments."""

    @abstractmethod
    def alpha_of(self, margin: float) -> float:
        """The level of such a margin: how often chance alone exceeds it."""

    def interval(self, level: float = LEVEL) -> Interval:
        """Of the difference that other draws of what is counted would show."""
        margin = self.margin(1 - level)
        return Interval(self.value - margin, self.value + margin, level)

    def p_value(self) -> float:
        """How often chance alone gives a difference at least this large: the α whose margin is the difference.

        Never less than what the flipped signs of those texts can tell at most, where they are very few.
        """
        least = min(1.0, 2.0 ** (1 - self.differing))
        return max(least, self.alpha_of(abs(self.value)))

    def p_of_mattering(self, limit: float) -> float:
        """How often a difference as large as `limit` would by chance look as small as this one does.

        Small when the two are equal for practical purposes: below α, the whole interval lies within ± `limit`. Never
        less than how often texts that differ with a probability of `limit` are all missed.
        """
        if abs(self.value) >= limit:
            return 1.0
        return max((1 - limit) ** self.texts, self.alpha_of(limit - abs(self.value)))


def variance_of(values: NDArray[np.float64]) -> float:
    """Variance (n - 1) of scores; 0 of a single one, and where they differ through rounding only."""
    spread = float(values.var(ddof=1)) if values.size > 1 else 0.0
    return spread if spread > SAME**2 else 0.0
