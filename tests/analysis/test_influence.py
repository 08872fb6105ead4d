"""How influence fades: known curves, half-lives between two distances, texts of different lengths."""

import numpy as np
import pytest

from seqcore.analysis.influence import fading


@pytest.mark.parametrize(("keeps", "half_life"), [(0.5, 1.0), (0.5**0.5, 2.0), (0.5 ** (1 / 7), 7.0), (0.25, 2 / 3)])
def test_what_keeps_a_share_at_each_step_has_the_half_life_of_that_share(keeps: float, half_life: float):
    found = fading([3 * keeps ** np.arange(30)])
    np.testing.assert_allclose(found.influence, keeps ** np.arange(30))
    assert found.half_life == pytest.approx(half_life)


def test_between_two_distances_the_half_life_lies_on_a_straight_line():
    found = fading([np.array([1.0, 0.8, 0.4])], np.array([0, 4, 12]))
    assert found.half_life == pytest.approx(4 + 8 * 0.75)


@pytest.mark.parametrize("influences", [[1.0], [1.0, 0.51, 0.7], [1.0, 2.0, 3.0]])
def test_without_half_of_it_lost_there_is_no_half_life(influences):
    assert fading([np.array(influences)]).half_life is None


def test_a_distance_is_compared_with_the_last_words_of_the_texts_that_reach_it():
    short, long = np.array([10.0, 5.0]), np.array([1.0, 0.5, 0.25])
    found = fading([short, long])
    np.testing.assert_allclose(found.influence, [1, 0.5, 0.25])
    assert found.texts.tolist() == [2, 2, 1]


def test_texts_count_by_how_much_their_words_move():
    found = fading([np.array([9.0, 9.0]), np.array([1.0, 0.0])])
    np.testing.assert_allclose(found.influence, [1, 0.9])


def test_distances_that_few_texts_reach_are_left_out():
    found = fading([np.ones(2)] * 19 + [np.ones(50)])
    assert found.distance.tolist() == [0, 1]
    assert fading([np.ones(2)] * 9 + [np.ones(50)]).distance.tolist() == list(range(50))


def test_where_no_last_word_counts_the_greatest_is_the_measure():
    found = fading([np.array([0.0, 4.0, 1.0])])
    assert found.influence.tolist() == [0, 1, 0.25]
    assert found.half_life is None
    assert fading([np.zeros(3)]).influence.tolist() == [0, 0, 0]


def test_without_texts_there_is_no_curve():
    found = fading([])
    assert (len(found.distance), len(found.influence), found.half_life) == (0, 0, None)
