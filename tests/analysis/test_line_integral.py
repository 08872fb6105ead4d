"""Slopes along a line: exact where they can be, and as many points as the line's bends ask for."""

import numpy as np
import pytest

from seqcore.analysis.line_integral import FIRST, MOST, NODES, integrate


def line_of(value, *slopes):
    return lambda shares: (value(shares), np.stack([slope(shares) for slope in slopes], axis=1))


def one_in_a_hundred(difference):
    return 0.01 * abs(difference)


def test_each_part_is_its_own_integral():
    line = line_of(lambda s: s**3 + 2 * s, lambda s: 3 * s**2, lambda s: 2 + 0 * s)
    found = integrate(line, one_in_a_hundred)
    np.testing.assert_allclose(found.parts, [1, 2], atol=1e-12)
    assert found.difference == pytest.approx(3)
    assert found.points == FIRST * NODES


def test_points_go_where_the_line_bends():
    sharp = 3000.0
    line = line_of(
        lambda s: np.tanh(sharp * (s - 0.3)), lambda s: sharp / np.cosh(np.clip(sharp * (s - 0.3), -50, 50)) ** 2
    )
    found = integrate(line, one_in_a_hundred)
    assert found.parts[0] == pytest.approx(2, rel=0.01)
    assert FIRST * NODES < found.points < 300  # evenly spread it would take thousands


@pytest.mark.parametrize("kink", [0.1234567, 0.5, 0.9])
def test_a_kink_is_found(kink):
    line = line_of(lambda s: np.maximum(s - kink, 0), lambda s: (s > kink) * 1.0)
    found = integrate(line, lambda difference: 1e-3 * difference)
    assert found.parts[0] == pytest.approx(1 - kink, rel=1e-3)


def test_a_line_whose_slopes_are_not_those_of_its_value_ends_all_the_same():
    found = integrate(line_of(lambda s: 2 * s, lambda s: 0 * s), one_in_a_hundred)
    assert found.parts[0] == 0 and found.difference == 2
    assert MOST <= found.points <= 3 * MOST
