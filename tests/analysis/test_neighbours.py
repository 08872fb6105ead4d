"""Neighbours by the cosine, and known words that are spelt like an unknown one."""

import numpy as np
import pytest

from seqcore.analysis.neighbours import cosines, nearest, spelt_alike

TABLE = np.array([[0.0, 0.0], [2.0, 0.0], [3.0, 0.3], [0.0, 1.0], [-1.0, 0.0], [1.0, 1.0]])


def test_a_cosine_is_of_directions_and_knows_no_length():
    expected = [0, 1, 3 / np.hypot(3, 0.3), 0, -1, np.sqrt(0.5)]
    np.testing.assert_allclose(cosines(TABLE, 1), expected)


def test_a_vector_without_length_is_near_nothing():
    np.testing.assert_array_equal(cosines(TABLE, 0), np.zeros(6))


def test_the_nearest_come_first_and_those_left_out_never():
    assert nearest(cosines(TABLE, 1), (0, 1), 3) == [2, 5, 3]
    assert nearest(np.zeros(4), (1,), 10) == [0, 2, 3]


@pytest.mark.parametrize(
    ("word", "found"),
    [("Gret", ["great", "greet"]), ("wonderfull", ["wonderful"]), ("zzz", []), ("", []), ("a" * 100_000, [])],
)
def test_words_spelt_alike_are_told_the_closest_first(word: str, found: list[str]):
    assert spelt_alike(word, ["great", "greet", "wonderful", "film", "x" * 5000], 3) == found
