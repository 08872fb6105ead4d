"""Rows of weights are changed as little as can be so that their columns get given shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqcore.analysis.given_shares import with_shares

ROWS = np.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]])


def test_rows_that_have_the_shares_already_stay() -> None:
    np.testing.assert_array_equal(with_shares(ROWS, ROWS.mean(axis=0)), ROWS)


def test_a_share_of_all_takes_all_weight() -> None:
    np.testing.assert_allclose(with_shares(ROWS, np.array([0.0, 0.0, 1.0])), [[0, 0, 1], [0, 0, 1]])


def test_two_rows_by_hand() -> None:
    """Odds ratios are what scaling leaves alone: ad/bc = 4 and halves on both sides make 2/3 and 1/3."""
    found = with_shares(np.array([[0.8, 0.2], [0.5, 0.5]]), np.array([0.5, 0.5]))
    np.testing.assert_allclose(found, [[2 / 3, 1 / 3], [1 / 3, 2 / 3]], atol=1e-5)


def test_a_row_without_weight_where_it_shall_look_gets_the_shares() -> None:
    found = with_shares(np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([0.0, 1.0]))
    np.testing.assert_allclose(found, [[0, 1], [0, 1]])


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 6))
def test_rows_sum_to_one_and_their_mean_is_the_shares(seed: int, rows: int, columns: int) -> None:
    rng = np.random.default_rng(seed)
    found = with_shares(rng.dirichlet(np.ones(columns), size=rows) + 0.0, shares := rng.dirichlet(np.ones(columns)))
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert found.mean(axis=0) == pytest.approx(shares, abs=1e-2)
