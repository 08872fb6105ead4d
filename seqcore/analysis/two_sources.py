"""The difference of two models' mean scores, with both sources of its chance: the texts tested and the seeds drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from seqcore.analysis.evidence import SAME, Evidence, variance_of
from seqcore.analysis.intervals import LEVEL

_LEAST = -300.0  # of ln α
_POINTS, _ROUNDS = 65, 7  # of the grids that close in on it: more digits than anybody reads


@dataclass(frozen=True)
class Seeds:
    """How far one model's seeds lie apart.

    Attributes:
        number: Of its runs.
        variance: Of its mean scores over them (n - 1).
    """

    number: int
    variance: float


@dataclass(frozen=True)
class TwoSources(Evidence):
    """A difference of two mean scores whose margin counts both sources of chance.

    The margin at α is M(α) = √(t²(df_s, α/2) V_s + t²(n - 1, α/2) V_t): the margins of both sources, put together as
    those of independent estimates are. Without chance of the texts it is Welch's t-test over the seeds, without chance
    of the seeds the paired t-test over the texts. Source: Zou and Donner, Construction of confidence limits about
    effect measures: a general approach (MOVER), Statistics in Medicine 27 (2008).

    Attributes:
        variance_of_texts: Of the differences of their mean scores, text by text (n - 1).
        seeds: Of the models of which another seed makes another model.
    """

    variance_of_texts: float
    seeds: tuple[Seeds, ...]

    @property
    def variance_by_texts(self) -> float:
        """V_t, the variance of the difference that comes from which texts were tested."""
        return self.variance_of_texts / self.texts

    @property
    def variance_by_seeds(self) -> float:
        """V_s, the variance of the difference that comes from which seeds were drawn."""
        return sum(each.variance / each.number for each in self.seeds)

    def margin(self, alpha: float = 1 - LEVEL) -> float:
        """What chance alone exceeds, to either side, in `alpha` of such experiments."""
        return math.inf if self.texts < 2 else math.sqrt(self._squared_margins(np.array([alpha]))[0])

    def alpha_of(self, margin: float) -> float:
        """The level of such a margin, found on grids that close in on it."""
        if margin <= 0 or self.texts < 2:
            return 1.0
        low, high = _LEAST, 0.0  # of ln α; the margin falls as α rises
        for _ in range(_ROUNDS):
            grid = np.linspace(low, high, _POINTS)
            within = self._squared_margins(np.exp(grid)) <= margin**2  # not where SciPy knows no number so far out
            after = int(np.count_nonzero(~within))
            low, high = grid[max(0, after - 1)], grid[min(_POINTS - 1, after)]
        return math.exp(high)

    @property
    def variance(self) -> float:
        """Of the difference, from both."""
        return self.variance_by_texts + self.variance_by_seeds

    @property
    def numbers_of_seeds(self) -> tuple[int, ...]:
        """Those of the models of which another seed makes another model."""
        return tuple(each.number for each in self.seeds)

    def with_seeds(self, number: int) -> TwoSources:
        """The same difference and spreads from so many seeds of each model."""
        return self.as_if(seeds=number)

    def as_if(self, *, seeds: int | None = None, texts: int | None = None) -> TwoSources:
        """The same difference and spreads from other numbers of seeds and texts."""
        scale = 1.0 if texts is None else texts / self.texts
        return replace(
            self,
            texts=self.texts if texts is None else texts,
            differing=round(self.differing * scale),
            seeds=self.seeds if seeds is None else tuple(replace(each, number=seeds) for each in self.seeds),
        )

    def _df_of_seeds(self) -> float:
        """Welch's and Satterthwaite's where both models have as many; else of the fewer: theirs were too many then."""
        if self.variance_by_seeds == 0:
            return math.inf
        numbers = {each.number for each in self.seeds}
        if len(numbers) > 1 or min(numbers) < 2:
            return max(1, min(numbers) - 1)
        parts = [each.variance / each.number for each in self.seeds]
        return sum(parts) ** 2 * (min(numbers) - 1) / sum(part**2 for part in parts)

    def _squared_margins(self, alphas: NDArray[np.float64]) -> NDArray[np.float64]:
        """M² at several levels at once."""
        sources = ((self.texts - 1, self.variance_by_texts), (self._df_of_seeds(), self.variance_by_seeds))
        squared = np.zeros(len(alphas))
        for df, variance in sources:
            if variance > 0:
                squared += special.stdtrit(df, alphas / 2) ** 2 * variance
        return squared


def compare_scores(
    first: NDArray[Any], second: NDArray[Any], *, first_has_seeds: bool = True, second_has_seeds: bool = True,
    of_architectures: bool = True,
) -> TwoSources:  # fmt: skip
    """Compare two models on the texts that both answered.

    Args:
        first: (seeds, texts) score of each text by the run of each seed, such as 1 for a right answer.
        second: (seeds, texts) of the other model; the seeds may differ in number.
        first_has_seeds: Whether another seed gives another model; of one that has none, one run is all there is.
        second_has_seeds: The same.
        of_architectures: False where they are taken as they were trained, though another seed makes another model.

    Raises:
        ValueError: the texts differ in number, or there are none.
    """
    first, second = np.atleast_2d(first).astype(float), np.atleast_2d(second).astype(float)
    if first.shape[1] != second.shape[1] or first.shape[1] == 0:
        raise ValueError(f"answers to compare have {first.shape[1]} and {second.shape[1]} rows")
    by_text = first.mean(axis=0) - second.mean(axis=0)
    drawn = [each for each, has in ((first, first_has_seeds), (second, second_has_seeds)) if has]
    return TwoSources(
        float(by_text.mean()),
        by_text.size,
        int(np.count_nonzero(np.abs(by_text) > SAME)),
        variance_of(by_text),
        tuple(Seeds(len(each), variance_of(each.mean(axis=1))) for each in drawn),
        of_architectures=of_architectures,
    )
