"""Intervals and tests equal SciPy's, and behave as such tests must."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from seqcore.analysis import significance as s


@pytest.mark.parametrize(("right", "rows"), [(0, 10), (10, 10), (7, 10), (972, 1115), (1, 1)])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_wilson_equals_scipy(right, rows, level):
    expected = stats.binomtest(right, rows).proportion_ci(level, method="wilson")
    got = s.wilson_interval(right, rows, level)
    assert (got.low, got.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_mcnemar_equals_the_binomial_test(only_first, only_second):
    total = only_first + only_second
    expected = stats.binomtest(only_first, total).pvalue if total else 1.0
    assert s.mcnemar_exact(only_first, only_second) == pytest.approx(expected)


def test_mcnemar_on_a_textbook_case():
    assert s.mcnemar_exact(1, 9) == pytest.approx(22 / 1024)


def test_mcnemar_of_thousands_of_disagreements_does_not_overflow():
    assert s.mcnemar_exact(6_000, 4_000) < 1e-50


def test_comparing_a_model_with_itself_finds_nothing():
    right = np.random.default_rng(0).random(300) < 0.8
    difference = s.compare_answers(right, right)
    assert (difference.value, difference.p_value) == (0.0, 1.0)
    assert (difference.interval.low, difference.interval.high) == (0.0, 0.0)
    assert not difference.is_real()


def test_one_seed_each_is_mcnemar():
    rng = np.random.default_rng(1)
    first, second = rng.random(500) < 0.9, rng.random(500) < 0.8
    difference = s.compare_answers(first, second)
    only_first, only_second = int((first & ~second).sum()), int((~first & second).sum())
    assert difference.p_value == s.mcnemar_exact(only_first, only_second)
    assert (difference.only_first, difference.only_second) == (only_first, only_second)
    assert difference.value == pytest.approx(first.mean() - second.mean())
    assert difference.is_real()


def test_swapping_the_models_swaps_the_sign_only():
    rng = np.random.default_rng(2)
    first, second = rng.random((3, 400)) < 0.85, rng.random((3, 400)) < 0.8
    there, back = s.compare_answers(first, second), s.compare_answers(second, first)
    assert there.value == pytest.approx(-back.value)
    assert there.p_value == pytest.approx(back.p_value, abs=0.03)


def test_the_permutation_test_of_one_seed_agrees_with_mcnemar():
    scores = np.array([1.0] * 30 + [-1.0] * 14 + [0.0] * 200)
    got = s._flipped_signs(scores, np.random.default_rng(0), 100_000)
    assert got == pytest.approx(s.mcnemar_exact(30, 14), abs=0.005)


def test_the_permutation_test_of_several_seeds_agrees_with_scipy():
    rng = np.random.default_rng(6)
    scores = (rng.random((3, 400)) < 0.88).mean(axis=0) - (rng.random((2, 400)) < 0.87).mean(axis=0)
    expected = stats.permutation_test(
        (scores,), np.sum, permutation_type="samples", n_resamples=10_000, rng=rng, vectorized=True
    )
    assert s._flipped_signs(scores, rng, 10_000) == pytest.approx(expected.pvalue, abs=0.02)
    assert 0.01 < expected.pvalue < 0.99


def test_several_seeds_of_a_better_model_are_seen_as_better():
    rng = np.random.default_rng(3)
    difference = s.compare_answers(rng.random((3, 800)) < 0.9, rng.random((2, 800)) < 0.8)
    assert difference.is_real()
    assert difference.interval.low > 0


def test_the_interval_of_a_difference_is_close_to_the_normal_one():
    rng = np.random.default_rng(4)
    first, second = rng.random(2_000) < 0.85, rng.random(2_000) < 0.8
    got = s.compare_answers(first, second).interval
    error = 1.96 * np.std(first.astype(float) - second) / np.sqrt(2_000)
    assert (got.high - got.low) / 2 == pytest.approx(error, rel=0.05)


def test_the_same_seed_gives_the_same_numbers():
    rng = np.random.default_rng(5)
    first, second = rng.random((2, 100)) < 0.7, rng.random((2, 100)) < 0.6
    assert s.compare_answers(first, second, seed=1) == s.compare_answers(first, second, seed=1)


def test_bootstrap_of_an_accuracy_is_close_to_wilson():
    right = (np.arange(500) >= 100).astype(float)
    got = s._resampled(right, np.random.default_rng(0), 10_000)
    wilson = s.wilson_interval(400, 500)
    assert (got.low, got.high) == pytest.approx((wilson.low, wilson.high), abs=0.01)


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_equals_its_definition(p_values):
    got = s.holm(p_values)
    order = np.argsort(p_values, kind="stable")
    expected = np.empty(len(p_values))
    expected[order] = np.minimum(1, np.maximum.accumulate(np.sort(p_values) * np.arange(len(p_values), 0, -1)))
    np.testing.assert_allclose(got, expected)


def test_no_rows_is_refused():
    with pytest.raises(ValueError, match="at least one row"):
        s.wilson_interval(0, 0)
    with pytest.raises(ValueError, match="rows"):
        s.compare_answers(np.zeros(0, bool), np.zeros(0, bool))
    with pytest.raises(ValueError, match="rows"):
        s.compare_answers(np.zeros(3, bool), np.zeros(4, bool))
