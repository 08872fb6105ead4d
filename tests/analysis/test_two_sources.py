"""The test that counts texts and seeds is Welch's without texts and the paired one without seeds, and errs rarely."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from seqcore.analysis.two_sources import compare_scores


def alike(means, texts=40):
    """Models whose every text scores the mean of its seed: no chance of texts."""
    return np.repeat(np.asarray(means, float)[:, None], texts, axis=1)


@given(
    st.lists(st.floats(0.1, 0.9), min_size=3, max_size=8, unique=True),
    st.lists(st.floats(0.1, 0.9), min_size=8, max_size=8, unique=True),
)
@settings(max_examples=50, deadline=None)
def test_without_chance_of_texts_it_is_welchs_test(first, second):
    second = second[: len(first)]
    if min(np.var(first), np.var(second)) < 1e-8:
        return
    expected = stats.ttest_ind(first, second, equal_var=False)
    got = compare_scores(alike(first), alike(second))
    assert got.p_value() == pytest.approx(expected.pvalue, rel=1e-6)
    interval = expected.confidence_interval()
    assert (got.interval().low, got.interval().high) == pytest.approx((interval.low, interval.high))


def test_without_chance_of_seeds_it_is_the_paired_test_over_texts():
    rng = np.random.default_rng(0)
    first, second = (np.repeat(rng.random((1, 300)) < share, 4, axis=0) for share in (0.8, 0.7))
    expected = stats.ttest_rel(first[0].astype(float), second[0].astype(float))
    got = compare_scores(first, second)
    assert got.p_value() == pytest.approx(expected.pvalue)
    interval = expected.confidence_interval(0.9)
    assert (got.interval(0.9).low, got.interval(0.9).high) == pytest.approx((interval.low, interval.high))


def test_with_unequal_numbers_of_seeds_the_fewer_decide():
    first, second = [0.80, 0.82, 0.81], [0.70, 0.74, 0.72, 0.71, 0.75, 0.70]
    error = math.sqrt(np.var(first, ddof=1) / 3 + np.var(second, ddof=1) / 6)
    expected = 2 * stats.t.sf((np.mean(first) - np.mean(second)) / error, 2)
    assert compare_scores(alike(first), alike(second)).p_value() == pytest.approx(expected)


def test_a_model_without_seeds_adds_no_chance_of_seeds():
    seeds = [0.80, 0.82, 0.81]
    expected = stats.ttest_1samp(seeds, 0.75).pvalue
    got = compare_scores(alike(seeds), alike([0.75]), second_has_seeds=False)
    assert got.p_value() == pytest.approx(expected)


def test_both_sources_together_are_wider_than_either():
    rng = np.random.default_rng(1)
    first, second = rng.random((5, 400)) < 0.85, rng.random((5, 400)) < 0.8
    both, texts_only = (
        compare_scores(first, second, first_has_seeds=has, second_has_seeds=has).margin() for has in (True, False)
    )
    assert both > texts_only


@given(st.integers(0, 2**32 - 1), st.floats(0.001, 0.5))
@example(7520510, 0.15234375)  # SciPy knows no quantile so far out
@settings(max_examples=30, deadline=None)
def test_the_p_value_is_the_level_whose_interval_ends_at_nothing(seed, share):
    rng = np.random.default_rng(seed)
    got = compare_scores(rng.random((3, 200)) < share + 0.4, rng.random((3, 200)) < 0.4)
    if got.value == 0:
        assert got.p_value() == 1.0
        return
    assert got.margin(got.p_value()) == pytest.approx(abs(got.value), rel=1e-6)


def test_swapping_the_models_swaps_the_sign_only():
    rng = np.random.default_rng(2)
    first, second = rng.random((3, 400)) < 0.85, rng.random((4, 400)) < 0.8
    there, back = compare_scores(first, second), compare_scores(second, first)
    assert there.value == pytest.approx(-back.value)
    assert there.p_value() == pytest.approx(back.p_value())


def test_equal_for_practical_purposes_is_where_the_whole_interval_is_within_the_limit():
    rng = np.random.default_rng(3)
    right = rng.random((5, 4_000)) < 0.9
    got = compare_scores(right, rng.permuted(right, axis=0))
    limit = abs(got.value) + got.margin(0.05)
    assert got.p_of_mattering(limit * 1.0001) < 0.05 < got.p_of_mattering(limit * 0.9999)
    assert got.p_of_mattering(abs(got.value)) == 1.0


def test_a_few_equal_answers_are_no_proof_of_equality():
    same = np.ones((3, 100), bool)
    assert compare_scores(same, same).p_of_mattering(0.01) == pytest.approx(0.99**100)
    many = np.ones((3, 500), bool)
    assert compare_scores(many, many).p_of_mattering(0.01) < 0.05


def test_a_few_texts_are_no_proof_of_a_difference():
    four = compare_scores(np.ones((3, 4)), np.zeros((3, 4)))
    assert (four.value, four.p_value()) == (1.0, 2 * 0.5**4)
    one = compare_scores(np.ones((3, 1)), np.zeros((3, 1)))
    assert one.p_value() == 1.0
    assert math.isinf(one.margin())


def test_comparing_a_model_with_itself_finds_nothing():
    right = np.random.default_rng(4).random((3, 300)) < 0.8
    got = compare_scores(right, right)
    assert (got.value, got.p_value(), got.differing) == (0.0, 1.0, 0)


def test_rows_that_differ_in_number_are_refused():
    with pytest.raises(ValueError, match="rows"):
        compare_scores(np.zeros(0, bool), np.zeros(0, bool))
    with pytest.raises(ValueError, match="rows"):
        compare_scores(np.zeros(3, bool), np.zeros(4, bool))


def false_claims(seeds: int, sd: float, texts: int, experiments: int = 400) -> float:
    """Share of experiments in which two models of one architecture are told apart."""
    rng = np.random.default_rng(5)
    found = 0
    for _ in range(experiments):
        ease = 2.5 + rng.normal(0, 2, texts)
        first, second = (
            rng.random((seeds, texts)) < 1 / (1 + np.exp(-ease - rng.normal(0, sd, (seeds, 1)))) for _ in range(2)
        )
        found += compare_scores(first, second).p_value() < 0.05
    return found / experiments


@pytest.mark.parametrize(("seeds", "sd"), [(3, 0.0), (3, 0.4), (5, 0.2)])
def test_of_models_without_a_difference_few_are_told_apart(seeds, sd):
    assert false_claims(seeds, sd, texts=200) <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / 400)
