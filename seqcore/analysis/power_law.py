"""The power law of learning curves, error(n) = a + b · n^(-c), fitted to errors at several sizes.

Sizes n are parts of the largest one, so that b is what the error of all rows has above a.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PARAMETERS = 3
LEAST_EXPONENT, GREATEST_EXPONENT = 0.05, 2.0
_EXPONENTS = np.geomspace(LEAST_EXPONENT, GREATEST_EXPONENT, 60)
_FINER = (GREATEST_EXPONENT / LEAST_EXPONENT) ** (np.linspace(-1, 1, 31) / 59)  # from one of them to the next


@dataclass(frozen=True)
class Laws:
    """Laws, one for each row of errors that was fitted.

    Attributes:
        a: (fits,) error that is left with any number of rows.
        b: (fits,) what the largest size has above it.
        c: (fits,) how fast more rows help.
        squares: (fits,) weighted squared distances from the errors.
    """

    a: Floats
    b: Floats
    c: Floats
    squares: Floats

    def error(self, n: float) -> Floats:
        """(fits,) error at a size."""
        value: Floats = self.a + self.b * n**-self.c
        return value

    def gain(self, n: float) -> Floats:
        """(fits,) by how much the error at a size is below that of all rows."""
        value: Floats = self.b * (1 - n**-self.c)
        return value


def fit_laws(n: Floats, errors: Floats, weights: Floats) -> Laws:
    """The law with the least weighted squared distances, with a ≥ 0, b ≥ 0 and 0.05 ≤ c ≤ 2.

    Given c the law is linear: a and b are solved for each c of a grid, then of a finer one. Source: Golub and Pereyra,
    The differentiation of pseudo-inverses and nonlinear least squares problems whose variables separate, SIAM Journal
    on Numerical Analysis 10 (1973).

    Args:
        n: (sizes,) as parts of the largest.
        errors: (fits, sizes).
        weights: (sizes,).
    """
    coarse = _best_of(n, errors, weights, np.broadcast_to(_EXPONENTS, (len(errors), len(_EXPONENTS))))
    around = np.clip(coarse.c[:, None] * _FINER, LEAST_EXPONENT, GREATEST_EXPONENT)
    return _best_of(n, errors, weights, around)


def _best_of(n: Floats, errors: Floats, weights: Floats, exponents: Floats) -> Laws:
    """The best law for each row of errors whose exponent is one of (fits, exponents)."""
    powers = n ** -exponents[:, :, None]  # (fits, exponents, sizes)
    share, apart = weights / weights.sum(), errors[:, None, :]
    mean_power, mean_error = powers @ share, errors @ share
    centred = powers - mean_power[:, :, None]
    b = np.maximum(0.0, ((centred * apart) @ share) / ((centred**2) @ share))
    a = mean_error[:, None] - b * mean_power
    through_zero = ((powers * apart) @ share) / ((powers**2) @ share)
    a, b = np.maximum(a, 0.0), np.where(a < 0, through_zero, b)
    squares = ((apart - a[:, :, None] - b[:, :, None] * powers) ** 2) @ weights
    best, each = squares.argmin(axis=1), np.arange(len(errors))
    return Laws(a[each, best], b[each, best], exponents[each, best], squares[each, best])


def squares_of_errors(values: Floats, at: float, n: Floats, errors: Floats, weights: Floats) -> Floats:
    """(values,) least squared distances of any law whose error at a size is that value.

    Args:
        values: Not negative.
        at: The size.
        n: (sizes,) that were measured.
        errors: (sizes,).
        weights: (sizes,).
    """
    powers = n[None, :] ** -_EXPONENTS[:, None] - at ** -_EXPONENTS[:, None]  # of b, where a is the value less b's part
    apart = errors[None, :] - values[:, None]  # (values, sizes)
    both, square = apart @ (powers * weights).T, (powers**2) @ weights
    b = np.clip(both / square, 0.0, values[:, None] * at**_EXPONENTS)  # a is not negative, either
    squares = ((apart**2) @ weights)[:, None] - 2 * b * both + b**2 * square
    least: Floats = squares.min(axis=1)
    return least


def squares_of_gains(values: Floats, at: float, n: Floats, errors: Floats, weights: Floats) -> Floats:
    """(values,) the same of any law whose error at a size is by that value below that of all rows.

    Args:
        values: Not negative.
        at: The size, more than 1.
        n: (sizes,) that were measured.
        errors: (sizes,).
        weights: (sizes,).
    """
    b = values[:, None] / (1 - at**-_EXPONENTS)  # (values, exponents)
    powers, share = n[None, :] ** -_EXPONENTS[:, None], weights / weights.sum()
    a = np.maximum(0.0, errors @ share - b * (powers @ share))
    squares = np.zeros_like(b)
    for power, weight, error in zip(powers.T, weights, errors, strict=True):
        squares += weight * (error - a - b * power) ** 2
    least: Floats = squares.min(axis=1)
    return least
