"""Intervals equal SciPy's."""

import pytest
from scipy import stats

from seqcore.analysis.intervals import t_quantile, wilson_interval


@pytest.mark.parametrize(("right", "rows"), [(0, 10), (10, 10), (7, 10), (972, 1115), (1, 1)])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_wilson_equals_scipy(right, rows, level):
    expected = stats.binomtest(right, rows).proportion_ci(level, method="wilson")
    got = wilson_interval(right, rows, level)
    assert (got.low, got.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_an_interval_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one row"):
        wilson_interval(0, 0)


@pytest.mark.parametrize("df", [1, 2, 7.3, 500])
def test_students_quantile_equals_scipys(df):
    assert t_quantile(df, 0.95) == pytest.approx(stats.t.ppf(0.975, df))
    assert t_quantile(df, 0.9) == pytest.approx(stats.t.ppf(0.95, df))
