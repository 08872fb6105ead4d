"""How sure a score is, and whether two models on the same texts really differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# `scipy.stats` has these intervals and tests ready-made, and the tests of this module compare with it. But the server
# of the pages would wait 0.38 s for its import and hold 48 MB for it, beside 0.5 s for pandas, Streamlit and Plotly
# together; the distributions alone cost 0.07 s and 14 MB.
from scipy import special


@dataclass(frozen=True)
class Interval:
    """A range that holds the true value in `level` of such experiments."""

    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True)
class Difference:
    """How much better one model is than another on the same texts.

    Attributes:
        value: Mean score of the first minus that of the second.
        interval: 95 % interval of `value`, bootstrapped over the texts.
        p_value: Two-sided; how often chance alone gives a difference at least this large.
        only_first: Texts that only the first gets right (averaged over seeds).
        only_second: Texts that only the second gets right.
    """

    value: float
    interval: Interval
    p_value: float
    only_first: float
    only_second: float

    def is_real(self, level: float = 0.05) -> bool:
        """Whether chance alone would rarely give it."""
        return self.p_value < level


def wilson_interval(right: int, rows: int, level: float = 0.95) -> Interval:
    """Interval of a share such as an accuracy; unlike the plain one it is right near 0 and 1.

    Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).

    Raises:
        ValueError: no rows.
    """
    if rows <= 0:
        raise ValueError("an interval needs at least one row")
    z = float(special.ndtri(0.5 + level / 2))
    share = right / rows
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    half = z / (1 + z * z / rows) * math.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows))
    return Interval(max(0.0, middle - half), min(1.0, middle + half), level)


def mcnemar_exact(only_first: int, only_second: int) -> float:
    """P-value that two models are equally good, from the texts that only one of them gets right.

    Twice the smaller tail of Binomial(n, 1/2), at most 1. Source: McNemar, Psychometrika 12 (1947), exact form.
    """
    return min(1.0, 2 * float(special.bdtr(min(only_first, only_second), only_first + only_second, 0.5)))


def compare_answers(first: NDArray[Any], second: NDArray[Any], *, seed: int = 0, draws: int = 10_000) -> Difference:
    """Compare two models on the texts that both answered.

    With one seed each the p-value is McNemar's exact test. With several, the score of a text is the share of seeds
    that get it right, and the signs of the texts' differences are flipped at random (paired permutation test).

    Args:
        first: (seeds, rows) booleans, whether each seed's run got each text right.
        second: (seeds, rows) of the other model; the seeds may differ in number.
        seed: Draws the resamples; the same seed gives the same numbers.
        draws: Number of resamples.

    Raises:
        ValueError: the rows differ in number, or there are none.
    """
    first, second = np.atleast_2d(first), np.atleast_2d(second)
    if first.shape[1] != second.shape[1] or first.shape[1] == 0:
        raise ValueError(f"answers to compare have {first.shape[1]} and {second.shape[1]} rows")
    scores = first.mean(axis=0) - second.mean(axis=0)  # (rows,) between -1 and 1
    rng = np.random.default_rng(seed)
    better, worse = float(scores[scores > 0].sum()), float((-scores)[scores < 0].sum())  # of none 0, never -0
    if len(first) == len(second) == 1:
        p_value = mcnemar_exact(round(better), round(worse))
    else:
        p_value = _flipped_signs(scores, rng, draws)
    return Difference(float(scores.mean()), _resampled(scores, rng, draws), p_value, better, worse)


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values of several tests, corrected so that all of them together err in 5 % of cases.

    Source: Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979).
    """
    corrected, greatest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda place: p_values[place])):
        greatest = max(greatest, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = greatest
    return corrected


def _flipped_signs(scores: NDArray[np.float64], rng: np.random.Generator, draws: int) -> float:
    """Share of random sign patterns whose sum is at least as far from 0 as the observed one."""
    sizes, counts = np.unique(np.round(np.abs(scores[scores != 0]), 9), return_counts=True)
    if sizes.size == 0:
        return 1.0
    # Texts of one size share a binomial number of plus signs: cost grows with the sizes, not with the texts. For 25,000
    # texts and 10,000 draws 3 ms; `scipy.stats.permutation_test`, which flips each text by itself, takes 12 s.
    sums = (2 * rng.binomial(counts, 0.5, size=(draws, sizes.size)) - counts) @ sizes
    extreme = np.count_nonzero(np.abs(sums) >= abs(scores.sum()) - 1e-6)
    return float((extreme + 1) / (draws + 1))


def _resampled(scores: NDArray[np.float64], rng: np.random.Generator, draws: int) -> Interval:
    """95 % bootstrap interval of the mean; rows of equal value are drawn together (a multinomial)."""
    values, counts = np.unique(np.round(scores, 9), return_counts=True)
    means = rng.multinomial(scores.size, counts / scores.size, size=draws) @ values / scores.size
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(low), float(high))
