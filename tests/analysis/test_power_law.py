"""The power law of learning curves equals SciPy's fit, and its profiles are least where the fit is."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import curve_fit, minimize

from seqcore.analysis.power_law import (
    GREATEST_EXPONENT,
    LEAST_EXPONENT,
    fit_laws,
    squares_of_errors,
    squares_of_gains,
)

N = np.array([0.1, 0.18, 0.32, 0.56, 1.0])
EVEN = np.ones(5)


@pytest.mark.parametrize(("a", "b", "c"), [(0.0, 0.15, 0.3), (0.1, 0.05, 0.5), (0.02, 0.02, 1.0)])
def test_a_law_without_noise_is_found_again(a: float, b: float, c: float) -> None:
    found = fit_laws(N, (a + b * N**-c)[None, :], EVEN)
    assert found.c[0] == pytest.approx(c, rel=0.003)  # as fine as its grid is
    assert found.error(2.0)[0] == pytest.approx(a + b * 2**-c, abs=2e-4)
    assert found.gain(2.0)[0] == pytest.approx(b * (1 - 2**-c), abs=2e-4)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_fit_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    errors, weights = 0.08 + 0.06 * N**-0.5 + rng.normal(0, 0.004, 5), rng.uniform(0.5, 2, 5)
    found = fit_laws(N, errors[None, :], weights)
    bounds = ([0, 0, LEAST_EXPONENT], [1, 1, GREATEST_EXPONENT])
    theirs, _ = curve_fit(
        lambda n, a, b, c: a + b * n**-c, N, errors, (0.05, 0.1, 0.5), sigma=weights**-0.5, bounds=bounds
    )
    squares = float((weights * (errors - theirs[0] - theirs[1] * N ** -theirs[2]) ** 2).sum())
    assert found.squares[0] == pytest.approx(squares, rel=0.01, abs=1e-9)
    assert found.error(2.0)[0] == pytest.approx(theirs[0] + theirs[1] * 2 ** -theirs[2], abs=5e-4)


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5))
@settings(deadline=None, max_examples=50)
def test_more_rows_never_make_a_law_worse_and_errors_stay_possible(errors: list[float]) -> None:
    found = fit_laws(N, np.array([errors]), EVEN)
    values = [float(found.error(n)[0]) for n in (0.1, 0.5, 1.0, 2.0, 10.0)]
    assert all(first >= second - 1e-12 for first, second in pairwise(values))
    assert min(values) >= 0
    assert found.gain(2.0)[0] >= 0


def test_the_profiles_are_least_at_the_fit_and_equal_a_constrained_search() -> None:
    errors = np.array([0.3, 0.24, 0.21, 0.16, 0.15])
    best = fit_laws(N, errors[None, :], EVEN)
    for squares, value in (
        (squares_of_errors, float(best.error(2.0)[0])),
        (squares_of_gains, float(best.gain(2.0)[0])),
    ):
        around = squares(np.array([value]), 2.0, N, errors, EVEN)
        assert around[0] == pytest.approx(best.squares[0], rel=0.05)
        assert (squares(np.linspace(0, 0.4, 200), 2.0, N, errors, EVEN) >= best.squares[0] - 1e-12).all()

    def apart(at: np.ndarray) -> float:
        a, b, c = at
        return 1e4 * float(((errors - a - b * N**-c) ** 2).sum())

    held = {"type": "eq", "fun": lambda at: at[0] + at[1] * 2.0 ** -at[2] - 0.1}
    limits = [(0, 1), (0, 1), (LEAST_EXPONENT, GREATEST_EXPONENT)]
    theirs = min(
        minimize(apart, (0.05, 0.1, c), method="SLSQP", bounds=limits, constraints=[held]).fun for c in (0.2, 0.6, 1.2)
    )
    assert 1e4 * squares_of_errors(np.array([0.1]), 2.0, N, errors, EVEN)[0] == pytest.approx(theirs, rel=0.03)
