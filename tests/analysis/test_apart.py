"""How far apart two models are: known distances, the order, texts that only one was tested on."""

import numpy as np
import pytest

from seqcore.analysis.apart import furthest_apart, total_variation
from seqcore.analysis.predictions import Predictions

RNG = np.random.default_rng(0)


def predictions(rows: list[int], probabilities: list[list[float]]) -> Predictions:
    return Predictions(np.array(rows), np.array(rows) % 2, np.array(probabilities))


def test_the_distance_of_the_same_is_nothing_and_of_opposites_one():
    same = RNG.dirichlet(np.ones(4), size=5)
    assert total_variation(same, same) == pytest.approx(0)
    assert total_variation(np.array([[1.0, 0, 0]]), np.array([[0, 0.5, 0.5]])) == pytest.approx(1)
    assert total_variation(np.array([[0.9, 0.1]]), np.array([[0.2, 0.8]])) == pytest.approx(0.7)


def test_it_is_the_most_by_which_they_differ_about_any_group_of_classes():
    one, other = RNG.dirichlet(np.ones(4)), RNG.dirichlet(np.ones(4))
    groups = [[bool(number >> bit & 1) for bit in range(4)] for number in range(16)]
    most = max(abs(one[group].sum() - other[group].sum()) for group in groups)
    assert total_variation(one[None], other[None])[0] == pytest.approx(most)


def test_a_planted_disagreement_comes_first_with_both_distributions_and_the_truth():
    first = predictions([3, 5, 8, 9], [[0.8, 0.2], [0.3, 0.7], [0.95, 0.05], [0.5, 0.5]])
    second = predictions([9, 8, 5, 3], [[0.5, 0.5], [0.02, 0.98], [0.35, 0.65], [0.75, 0.25]])
    found = furthest_apart(first, second)
    assert found.rows.tolist() == [8, 3, 5, 9]
    assert (found.first[0].tolist(), found.second[0].tolist(), found.labels[0]) == ([0.95, 0.05], [0.02, 0.98], 0)
    assert found.distance == pytest.approx([0.93, 0.05, 0.05, 0.0])
    assert found.other_answer == 1


def test_texts_that_only_one_was_tested_on_are_left_out():
    found = furthest_apart(predictions([1, 2], [[1, 0]] * 2), predictions([2, 4], [[0, 1]] * 2))
    assert found.rows.tolist() == [2]
    assert not len(furthest_apart(predictions([1], [[1, 0]]), predictions([4], [[0, 1]])).rows)
