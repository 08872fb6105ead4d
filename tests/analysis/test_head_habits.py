"""What a head does: heads of which one knows it by looking, and their numbers by hand."""

import numpy as np
import pytest

from seqcore.analysis.head_habits import habit_of, habit_told
from seqcore.analysis.thumbnails import thumbnail

STEPS = 10
EVEN = np.full((STEPS, STEPS), 1 / STEPS)
SELF = np.eye(STEPS)
BEFORE = np.vstack([SELF[:1], SELF[:-1]])
AFTER = np.vstack([SELF[1:], SELF[-1:]])
FIRST = np.tile(SELF[0], (STEPS, 1))
FOURTH = np.tile(SELF[3], (STEPS, 1))


def near() -> np.ndarray:
    close = np.exp(-0.5 * ((np.arange(STEPS)[:, None] - np.arange(STEPS)) / 1.2) ** 2)
    return close / close.sum(axis=1, keepdims=True)


def of(matrix: np.ndarray) -> str:
    return habit_told(habit_of(matrix), "film")[0]


@pytest.mark.parametrize(
    ("matrix", "short"),
    [
        (EVEN, "all alike"), (SELF, "itself 100%"), (BEFORE, "the one before 100%"), (AFTER, "the one after 100%"),
        (FIRST, "the first 100%"), (FOURTH, "“film” 100%"), (near(), "near: 0.8 away"),
        (np.ones((1, 1)), "itself 100%"), (np.roll(SELF, 3, axis=1), "few: 1.0 of 10"),
    ],
)  # fmt: skip
def test_a_head_is_called_by_what_it_does(matrix: np.ndarray, short: str):
    assert of(matrix) == short


def test_its_numbers_are_those_that_one_reckons_by_hand():
    found = habit_of(np.array([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0], [0.25, 0.25, 0.5]]))
    assert found.itself == pytest.approx((0.5 + 0 + 0.5) / 3)
    assert found.previous == pytest.approx((1 + 0.25) / 2)
    assert found.following == pytest.approx((0.5 + 0) / 2)
    assert found.first == found.favoured == pytest.approx(1.75 / 3)
    assert found.before == pytest.approx((0 + 1 + 0.5) / 3)
    assert found.distance == pytest.approx((0.5 + 1 + 0.75) / 3)
    assert found.entropy == pytest.approx((1 + 0 + 1.5) / 3)
    assert found.spread == pytest.approx((2 + 1 + 2**1.5) / 3)


def test_an_even_head_looks_at_all_tokens_and_one_that_looks_at_one_at_one():
    assert habit_of(EVEN).spread == pytest.approx(STEPS)
    assert habit_of(EVEN).entropy == pytest.approx(np.log2(STEPS))
    assert habit_of(FOURTH).spread == pytest.approx(1)
    assert habit_of(FOURTH).favourite == 3


def test_the_sentence_names_the_token_that_everyone_looks_at():
    assert habit_told(habit_of(FOURTH), "film")[1] == "Whoever looks, it looks mostly at “film”: 100% of its attention."


def test_a_small_matrix_is_its_own_thumbnail_and_a_large_one_the_means_of_its_blocks():
    np.testing.assert_array_equal(thumbnail(np.array([[0.25, 1.0], [0.0, 1.0]])), [[128, 255], [0, 255]])
    blocks = np.kron([[0.1, 0.4], [0.0, 0.4]], np.ones((50, 50)))
    np.testing.assert_array_equal(thumbnail(blocks, 2), [[128, 255], [0, 255]])
    assert thumbnail(np.ones((70, 70))).shape == (32, 32)
