"""The difference of two models' mean scores where each seed drew a split of its own: one difference a split."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from seqcore.analysis.evidence import SAME, Evidence, variance_of
from seqcore.analysis.intervals import LEVEL, t_quantile


@dataclass(frozen=True)
class OnSplit:
    """What two models made of the test texts of one split.

    Attributes:
        rows: (texts,) rows of the data set.
        first: (texts,) scores of the first model.
        second: (texts,) scores of the second.
        learned: Rows that both were trained on.
    """

    rows: NDArray[np.int64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]
    learned: int


@dataclass(frozen=True)
class OverSplits(Evidence):
    """A difference whose margin counts which rows were drawn to test and to train on, and which seeds to train with.

    The splits of one data set share rows, so that their differences are alike: with k splits their mean has not the
    variance s²/k but about (1/k + texts tested / rows learned) s², and Student's t has k - 1 degrees of freedom.
    Source: Nadeau and Bengio, Inference for the generalization error, Machine Learning 52 (2003), the corrected
    resampled t-test.

    Attributes:
        splits: How many differences there are, one for each seed that both models have.
        variance_of_splits: Of these differences (n - 1).
        test_to_training: Texts tested for each row learned from.
    """

    splits: int
    variance_of_splits: float
    test_to_training: float

    @property
    def variance(self) -> float:
        """Of the mean difference, corrected for the rows that the splits share."""
        return (1 / self.splits + self.test_to_training) * self.variance_of_splits

    @property
    def numbers_of_seeds(self) -> tuple[int, ...]:
        """As many as splits, of both."""
        return (self.splits, self.splits)

    def with_seeds(self, number: int) -> OverSplits:
        """The same difference and spread from so many splits."""
        return replace(self, splits=number)

    def margin(self, alpha: float = 1 - LEVEL) -> float:
        """What chance alone exceeds, to either side, in `alpha` of such experiments."""
        return t_quantile(self.splits - 1, 1 - alpha) * math.sqrt(self.variance) if self._can_tell else math.inf

    def alpha_of(self, margin: float) -> float:
        """The level of such a margin, both tails of Student's t together."""
        if margin <= 0 or not self._can_tell:
            return 1.0
        if self.variance == 0:
            return 0.0
        return 2 * float(special.stdtr(self.splits - 1, -margin / math.sqrt(self.variance)))

    @property
    def _can_tell(self) -> bool:
        return self.splits > 1 and self.texts > 1


def compare_over_splits(found: Sequence[OnSplit]) -> OverSplits:
    """Compare two models on the splits on which both were trained and tested.

    Where the differences lie within one text of each other, their spread is too coarse to be believed; then it is not
    taken to be less than what the texts of a single split would give.

    Args:
        found: One for each split, with a text at least.
    """
    by_split = np.array([each.first.mean() - each.second.mean() for each in found])
    variance, tested = variance_of(by_split), [len(each.rows) for each in found]
    if np.ptp(by_split) <= 1 / min(tested) + SAME:
        of_texts = [variance_of(each.first - each.second) / len(each.rows) for each in found]
        variance = max(variance, float(np.mean(of_texts)))
    rows = np.concatenate([each.rows for each in found])
    apart = np.concatenate([np.abs(each.first - each.second) > SAME for each in found])
    return OverSplits(
        float(by_split.mean()), len(np.unique(rows)), len(np.unique(rows[apart])), len(found), variance,
        sum(tested) / sum(each.learned for each in found),
    )  # fmt: skip
