"""Where each seed drew a split of its own, differences are told apart by the corrected resampled t-test."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from seqcore.analysis.evidence_needed import evidence_needed
from seqcore.analysis.over_splits import OnSplit, OverSplits, compare_over_splits


def on_splits(first, second, *, tested=50, learned=200):
    """Splits with tests of other rows each, in which every text scores the mean of its model."""
    return [
        OnSplit(number * tested + np.arange(tested), np.full(tested, one), np.full(tested, other), learned)
        for number, (one, other) in enumerate(zip(first, second, strict=True))
    ]


def test_it_is_the_formula_of_nadeau_and_bengio_computed_by_hand():
    """Differences 3, 1, 5, 3 points: mean 3, s² = 8/3, and (1/4 + 50/200) s² = 4/3, so t = 3 / √(4/3) = 2.598."""
    found = compare_over_splits(on_splits([0.83, 0.81, 0.85, 0.83], [0.80] * 4))
    assert found.value == pytest.approx(0.03)
    assert found.variance == pytest.approx(4 / 3 * 1e-4)
    assert found.p_value() == pytest.approx(2 * stats.t.sf(2.5980762, 3))
    assert found.p_value() == pytest.approx(0.0805, abs=5e-4)
    margin = 3.1824463 * 0.011547005  # t(3) at 0.975
    assert (found.interval().low, found.interval().high) == pytest.approx((0.03 - margin, 0.03 + margin))


@given(st.lists(st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)), min_size=3, max_size=10))
@settings(max_examples=50, deadline=None)
def test_without_texts_tested_for_those_learned_from_it_is_the_paired_t_test(scores):
    first, second = np.array(scores).T
    if np.std(first - second) < 1e-6 or abs(np.mean(first - second)) < 1e-9:
        return
    expected = stats.ttest_rel(first, second)
    spread = float(np.var(first - second, ddof=1))
    found = OverSplits(float(np.mean(first - second)), 100, 100, len(first), spread, 0.0)
    assert found.p_value() == pytest.approx(expected.pvalue, rel=1e-6)
    interval = expected.confidence_interval(0.9)
    assert (found.interval(0.9).low, found.interval(0.9).high) == pytest.approx((interval.low, interval.high))


@given(st.floats(0.0, 0.2), st.floats(1e-4, 0.1), st.integers(2, 20), st.floats(0, 3))
@settings(max_examples=50, deadline=None)
def test_the_p_value_is_the_level_whose_interval_ends_at_nothing(value, spread, splits, ratio):
    found = OverSplits(value, 500, 500, splits, spread**2, ratio)
    p_value = found.p_value()
    if 1e-9 < p_value < 1:
        assert found.margin(p_value) == pytest.approx(value, rel=1e-5)


def test_swapping_the_models_swaps_the_sign_only():
    there = compare_over_splits(on_splits([0.83, 0.81, 0.85], [0.80, 0.79, 0.80]))
    back = compare_over_splits(on_splits([0.80, 0.79, 0.80], [0.83, 0.81, 0.85]))
    assert there.value == pytest.approx(-back.value)
    assert there.p_value() == pytest.approx(back.p_value())


def test_differences_that_are_equal_by_luck_do_not_prove_one():
    """Three splits of 20 texts, in each of which one model gets two more right: the texts are too few to tell."""
    rng = np.random.default_rng(0)
    splits = []
    for number in range(3):
        first, second = np.zeros(20), np.zeros(20)
        first[:4], second[4:6] = 1, 1
        splits.append(OnSplit(number * 20 + rng.permutation(20), first, second, 72))
    found = compare_over_splits(splits)
    assert found.value == pytest.approx(0.1)
    assert found.p_value() > 0.05
    assert found.variance_of_splits == pytest.approx(np.var(splits[0].first - splits[0].second, ddof=1) / 20)


def test_models_that_answer_everything_alike_are_equal_once_the_texts_are_many():
    few, many = ([*on_splits([0.9] * 3, [0.9] * 3, tested=texts)] for texts in (30, 300))
    assert compare_over_splits(few).p_of_mattering(0.01) == pytest.approx(0.99**90)
    assert compare_over_splits(many).p_of_mattering(0.01) < 0.05
    assert compare_over_splits(many).p_value() == 1.0


def test_a_single_split_tells_nothing_about_others():
    found = compare_over_splits(on_splits([0.9], [0.5]))
    assert math.isinf(found.margin())
    assert found.p_value() == 1.0


def test_texts_that_several_splits_test_count_once():
    splits = [OnSplit(np.arange(10) + shift, np.ones(10), np.eye(10)[3], 40) for shift in (0, 5, 0)]
    found = compare_over_splits(splits)
    assert (found.texts, found.splits) == (15, 3)
    assert found.differing == 14  # row 3 is tested on two splits and right with both models on both


def test_the_number_of_seeds_is_the_least_that_has_the_power_and_texts_are_not_offered():
    found = OverSplits(0.03, 1000, 200, 4, 0.018**2, 0.1)
    needed = evidence_needed(found, limit=0.01)

    def power(splits):
        planned = found.with_seeds(splits)
        return stats.norm.cdf((0.03 - planned.margin(0.05)) / math.sqrt(planned.variance))

    assert power(4 + needed.seeds) >= 0.8 > power(4 + needed.seeds - 1)
    assert (needed.texts, needed.times) == (None, None)


def test_where_the_shared_rows_leave_too_much_chance_no_number_of_seeds_is_promised():
    assert evidence_needed(OverSplits(0.01, 1000, 200, 5, 0.03**2, 0.3), limit=0.01).seeds is None
