"""Slices: cut as they are called, and hardly ever a false alarm however many were searched."""

import numpy as np
import pytest

from seqcore.analysis.slices import slice_scores, worst_slice
from seqcore.analysis.slices_told import worst_sentence
from seqcore.analysis.slicing import Slicing, by_numbers, by_shares, by_values

TEXTS = 200


def said(low: float, high: float) -> str:
    return f"{low:g} to {high:g}"


def random_slicings(rng: np.random.Generator, groups: int = 5, cuts: int = 3) -> list[Slicing]:
    names = tuple(f"group {number}" for number in range(groups))
    return [Slicing(f"cut {number}", names, rng.integers(0, groups, TEXTS)) for number in range(cuts)]


def test_the_frequent_values_are_slices_and_the_rare_ones_in_none() -> None:
    cut = by_values("site", ["a"] * 12 + ["b"] * 30 + ["c"] * 9)
    assert cut.groups == ("b", "a")
    assert np.bincount(cut.places + 1).tolist() == [9, 30, 12]


def test_numbers_are_cut_into_four_parts_named_after_what_is_in_them() -> None:
    cut = by_numbers("length", np.arange(100), said)
    assert cut.groups == ("0 to 24", "25 to 49", "50 to 74", "75 to 99")
    assert all(cut.places[number] == number // 25 for number in range(100))


def test_equal_numbers_stay_together_and_one_number_alone_is_one_slice() -> None:
    assert by_numbers("length", np.full(50, 7), said).groups == ("7 to 7",)
    cut = by_numbers("length", np.array([1] * 60 + [2] * 15 + [9] * 25), said)
    assert cut.groups == ("1 to 1", "2 to 2", "9 to 9")


def test_shares_of_zero_are_a_slice_of_their_own() -> None:
    shares = np.array([0.0] * 20 + [0.1] * 20 + [0.5] * 20)
    assert by_shares("unknown", shares, said).groups == ("0 to 0", "0.1 to 0.1", "0.5 to 0.5")
    assert by_shares("unknown", np.zeros(20), said).groups == ("0 to 0",)


@pytest.mark.parametrize("models", [1, 4])
def test_random_slices_give_a_false_alarm_in_at_most_five_of_a_hundred_searches(models: int) -> None:
    alarms, searches = 0, 200
    for seed in range(searches):
        rng = np.random.default_rng(seed)
        common = rng.random(TEXTS) < 0.3  # texts that are hard for all models
        scores = ((rng.random((models, TEXTS)) < 0.8) & ~(common & (rng.random((models, TEXTS)) < 0.7))).astype(float)
        found = slice_scores(scores, random_slicings(rng), seed=seed, draws=199)
        alarms += any(each.is_real for model in found for each in model)
    assert alarms <= 0.05 * searches + 2 * (0.05 * 0.95 * searches) ** 0.5  # within what so many searches can tell


def test_a_planted_bad_slice_is_found_in_the_model_that_has_it_and_in_no_other() -> None:
    rng = np.random.default_rng(0)
    slicings = random_slicings(rng)
    scores = (rng.random((3, TEXTS)) < 0.9).astype(float)
    scores[1, slicings[2].places == 3] *= rng.random(int((slicings[2].places == 3).sum())) < 0.5
    found = slice_scores(scores, slicings)
    worst = worst_slice(found[1])
    assert worst is not None
    assert (worst.slicing, worst.group, worst.is_real) == ("cut 2", "group 3", True)
    assert worst.accuracy < worst.elsewhere
    assert not any(each.is_real for each in (*found[0], *found[2]))


def test_accuracies_and_numbers_are_those_of_the_slice() -> None:
    scores = np.array([[1.0] * 30 + [0.5] * 10])
    (found,) = slice_scores(scores, [by_values("half", ["a"] * 30 + ["b"] * 10)])
    assert [(each.group, each.texts, each.accuracy, each.elsewhere) for each in found] == [
        ("a", 30, 1.0, 0.5),
        ("b", 10, 0.5, 1.0),
    ]
    assert found[1].p_value < 0.01
    assert found == slice_scores(scores, [by_values("half", ["a"] * 30 + ["b"] * 10)])[0]


@pytest.mark.parametrize("right", [0.0, 1.0])
def test_a_model_that_is_always_or_never_right_has_no_bad_slice(right: float) -> None:
    (found,) = slice_scores(np.full((1, TEXTS), right), random_slicings(np.random.default_rng(1)))
    assert {each.p_value for each in found} == {1.0}
    assert worst_sentence(worst_slice(found), 15, name=str) == "It is equally good on all slices."


def test_a_slice_of_all_texts_or_of_nearly_all_is_not_searched() -> None:
    values = ["a"] * 95 + ["b"] * 5
    assert slice_scores(np.ones((1, 100)), [by_values("half", values)]) == [()]
    assert "too few" in worst_sentence(None, 0, name=str)


def test_the_sentence_says_whether_it_can_be_chance() -> None:
    scores = (np.arange(100) % 10 != 0).astype(float)[None, :]
    scores[0, :20] = 0
    (found,) = slice_scores(scores, [by_values("site", ["a"] * 20 + ["b"] * 40 + ["c"] * 40)])
    real = worst_sentence(worst_slice(found), 3, name=str)
    assert real.startswith(
        "Worse on site a: 0.0\u00a0% of 20 texts right, 90.0\u00a0% of the others (p\u00a0<\u00a00.001"
    )
    (chance,) = slice_scores(scores, [by_values("site", ["a", "b"] * 50)])
    assert "No slice stands out" in worst_sentence(worst_slice(chance), 2, name=str)
