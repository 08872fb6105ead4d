"""How accuracy grows with the number of training rows: a law through what was measured, and where it leads."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from seqcore.analysis.intervals import LEVEL, Interval, t_quantile, wilson_interval
from seqcore.analysis.power_law import PARAMETERS, Floats, Laws, fit_laws, squares_of_errors, squares_of_gains

FEWEST_SIZES = PARAMETERS + 1  # so that something is left to tell how well the law fits
MOST_TIMES = 10.0  # as many rows as were measured, beyond which nobody should believe it
_STEPS, _FINE = 150, 15  # of the grids of values that are held against what was measured
_DRAWS, _SEED = 300, 0  # of the test texts, with replacement
_MATTERS, _BY_CHANCE = 0.01, 0.01  # misfit in accuracy that matters, and how rarely chance alone makes such a one
_LEAST_SD = 1e-4  # of a run, where all seeds agree


@dataclass(frozen=True)
class Size:
    """The runs of one model that learned from as many rows.

    Attributes:
        rows: Training rows.
        errors: (runs,) share of the test texts that each run got wrong.
        wrong: (texts,) share of the runs that got each test text wrong, in one order for all sizes; None where runs
            were tested on different texts.
        texts: Test texts of each run.
    """

    rows: int
    errors: Floats
    wrong: Floats | None
    texts: int

    @property
    def error(self) -> float:
        """Mean over the runs."""
        return float(self.errors.mean())


@dataclass(frozen=True)
class Told:
    """What a curve says about a number of training rows.

    Attributes:
        rows: How many.
        value: The accuracy there, or by how much it is above that of the most rows that were measured.
        interval: Of it, for other seeds and other test texts.
    """

    rows: float
    value: float
    interval: Interval


class DataCurve:
    """error(n) = a + b · n^(-c), fitted by weighted least squares, see `fit_laws`.

    A size weighs as much as it has runs, over e (1 - e): errors spread the more the nearer they are to one half.

    Intervals count two sources of chance, put together as in `two_sources`. Of the runs: every value that a law can
    have whose squared distances exceed the least ones by no more than t² · s² (profile likelihood); s² is the greater
    of what the runs of one size and the means of the sizes leave unexplained. Of the texts: the laws of texts drawn
    with replacement, and at least Wilson's interval. Sources: Cortes, Jackel, Solla, Vapnik and Denker, Learning
    curves: asymptotic values and rate of convergence, NIPS 6 (1994); Figueroa, Zeng-Treitler, Kandula and Ngo,
    Predicting sample size required for classification performance, BMC Medical Informatics and Decision Making 12
    (2012); Viering and Loog, The shape of learning curves: a review, arXiv:2103.10948 (2021).
    """

    def __init__(self, sizes: Sequence[Size]) -> None:
        """Fit.

        Args:
            sizes: At least `FEWEST_SIZES`, all different.

        Raises:
            ValueError: there are fewer.
        """
        self.sizes = tuple(sorted(sizes, key=lambda size: size.rows))
        if len({size.rows for size in self.sizes}) < max(FEWEST_SIZES, len(self.sizes)):
            raise ValueError(f"a curve needs {FEWEST_SIZES} different sizes")
        self._n = np.array([size.rows for size in self.sizes]) / self.rows
        self._errors = np.array([size.error for size in self.sizes])
        bounded = np.clip(self._errors, 0.005, 0.995)
        self._variances = bounded * (1 - bounded) / np.mean(bounded * (1 - bounded))  # of a run, to a common factor
        self._weights = np.array([size.errors.size for size in self.sizes]) / self._variances
        self._law = fit_laws(self._n, self._errors[None, :], self._weights)

    @property
    def rows(self) -> int:
        """The most that were measured."""
        return self.sizes[-1].rows

    @property
    def a(self) -> float:
        """Error that is left with any number of rows."""
        return float(self._law.a[0])

    @property
    def b(self) -> float:
        """Factor of n^(-c), n in rows."""
        return float(self._law.b[0] * self.rows**self.c)

    @property
    def c(self) -> float:
        """How fast more rows help."""
        return float(self._law.c[0])

    def accuracy(self, rows: float, level: float = LEVEL) -> Told:
        """With so many rows.

        Args:
            rows: At most `MOST_TIMES` as many as were measured.
            level: How often such intervals hold the true accuracy, where the law holds.

        Raises:
            ValueError: more rows.
        """
        n = self._part(rows)
        error = float(self._law.error(n)[0])
        by_runs = self._sides(error, lambda values: squares_of_errors(values, n, *self._measured), level)
        wilson = wilson_interval(error * self.sizes[-1].texts, self.sizes[-1].texts, level)
        drawn = self._redrawn.error(n) if self._redrawn else np.array([error])
        by_texts = _around(error, drawn, (wilson.low, wilson.high), level)
        low, high = (math.hypot(*both) for both in zip(by_runs, by_texts, strict=True))
        return Told(rows, 1 - error, Interval(max(0.0, 1 - error - high), min(1.0, 1 - error + low), level))

    def gain(self, rows: float, level: float = LEVEL) -> Told:
        """How much more accurate than with the most rows that were measured.

        Args:
            rows: More than were measured, at most `MOST_TIMES` as many.
            level: How often such intervals hold the true gain, where the law holds.

        Raises:
            ValueError: other numbers of rows.
        """
        n = self._part(rows)
        if n <= 1:
            raise ValueError("only more rows can gain anything")
        value = float(self._law.gain(n)[0])
        by_runs = self._sides(value, lambda values: squares_of_gains(values, n, *self._measured), level)
        drawn = self._redrawn.gain(n) if self._redrawn else np.array([value])
        by_texts = _around(value, drawn, (value, value), level)
        low, high = (math.hypot(*both) for both in zip(by_runs, by_texts, strict=True))
        return Told(rows, value, Interval(max(0.0, value - low), min(1.0, value + high), level))

    @property
    def misfit(self) -> float:
        """How far the sizes lie from the law: root of the mean squared distance, in accuracy."""
        return math.sqrt(float(self._law.squares[0] / self._weights.sum()))

    @property
    def fits(self) -> bool:
        """Whether the law is near to what was measured, or chance can be what keeps them apart.

        Near is a point, or what the choice of the test texts does to an accuracy; chance is asked by an F test.
        """
        by_texts = math.sqrt(float(np.mean(self._errors * (1 - self._errors))) / self.sizes[-1].texts)
        if self.misfit <= max(_MATTERS, by_texts) or not self._df_of_runs:
            return self.misfit <= max(_MATTERS, by_texts)
        ratio = self._variance_of_sizes / max(self._variance_of_runs, _LEAST_SD**2)
        return float(special.fdtrc(self._df_of_sizes, self._df_of_runs, ratio)) > _BY_CHANCE

    @property
    def _df_of_sizes(self) -> int:
        return len(self.sizes) - PARAMETERS

    @property
    def _df_of_runs(self) -> int:
        return sum(size.errors.size - 1 for size in self.sizes)

    @property
    def _variance_of_sizes(self) -> float:
        """Of a run, by how far the means of the sizes lie from the law."""
        return float(self._law.squares[0]) / self._df_of_sizes

    @cached_property
    def _variance_of_runs(self) -> float:
        """Of a run, by how far those of one size lie apart."""
        squares = np.array([float(((size.errors - size.error) ** 2).sum()) for size in self.sizes])
        return float((squares / self._variances).sum()) / max(1, self._df_of_runs)

    def _allowed(self, level: float) -> float:
        """By how much the squared distances of a law may exceed the least ones.

        What the drawn part of the rows does to all of its runs at once is seen in the sizes only, of which there are
        few: the more of the variance that is, the fewer degrees of freedom there are to know it by.
        """
        runs, of_sizes, of_runs = self._df_of_runs, self._variance_of_sizes, self._variance_of_runs
        variance = max(of_runs, of_sizes, _LEAST_SD**2)
        df = self._df_of_sizes + runs * min(1.0, of_runs / variance) ** 2
        return variance * t_quantile(df, level) ** 2

    @property
    def _measured(self) -> tuple[Floats, Floats, Floats]:
        return self._n, self._errors, self._weights

    def _sides(self, value: float, squares: Callable[[Floats], Floats], level: float) -> tuple[float, float]:
        """How far below and above a value others are allowed: where they begin and end on a grid, then on finer ones.

        Args:
            value: An error or a gain of the best law.
            squares: Least squared distances of the laws that have such values.
            level: How often it should hold the true one.
        """
        limit, most = float(self._law.squares[0]) + self._allowed(level), min(1.0, float(self._errors.max()) + 0.2)
        grid = np.linspace(0.0, most, _STEPS)
        held = grid[squares(grid) <= limit]
        low, high = float(held.min(initial=value)), float(held.max(initial=value))
        step = most / (_STEPS - 1)
        below, above = np.linspace(max(0.0, low - step), low, _FINE), np.linspace(high, high + step, _FINE)
        low = float(below[squares(below) <= limit].min(initial=low))
        high = float(above[squares(above) <= limit].max(initial=high))
        return value - low, high - value

    @cached_property
    def _redrawn(self) -> Laws | None:
        """The laws of texts drawn with replacement; None where the runs were tested on different ones."""
        wrong = [size.wrong for size in self.sizes if size.wrong is not None]
        if len(wrong) < len(self.sizes):
            return None
        texts = self.sizes[0].texts
        times = np.random.default_rng(_SEED).multinomial(texts, np.full(texts, 1 / texts), size=_DRAWS)
        return fit_laws(self._n, times @ np.stack(wrong, axis=1) / texts, self._weights)

    def _part(self, rows: float) -> float:
        if not 0 < rows <= MOST_TIMES * self.rows:
            raise ValueError("too far from what was measured")
        return rows / self.rows


def _around(value: float, drawn: Floats, least: tuple[float, float], level: float) -> tuple[float, float]:
    """How far below and above a value those of drawn texts lie, and at least these two."""
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return max(0.0, value - min(float(low), least[0])), max(0.0, max(float(high), least[1]) - value)
