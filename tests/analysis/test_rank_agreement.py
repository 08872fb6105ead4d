"""Whether two maps rank steps alike: known values, no sign where one has none, nothing said of nothing."""

import numpy as np
import pytest

from seqcore.analysis.rank_agreement import rank_agreement, rank_agreements


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ([1, 2, 3, 4], [10, 20, 30, 1000], 1.0),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1.0),
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8),  # 1 - 6·4 / (5·24)
        ([1, 2], [1, 2], None),
        ([1, 1, 1], [1, 2, 3], None),
        ([], [], None),
    ],
)
def test_it_is_spearmans(first, second, found):
    assert rank_agreement(np.array(first, float), np.array(second, float)) == (
        None if found is None else pytest.approx(found)
    )


def test_maps_without_a_sign_are_compared_by_size():
    maps = {"a": np.array([-3.0, 1.0, 2.0]), "b": np.array([-3.0, 1.0, 2.0]), "shares": np.array([0.6, 0.1, 0.3])}
    assert rank_agreements(maps, frozenset({"shares"})) == {
        ("a", "b"): pytest.approx(1), ("a", "shares"): pytest.approx(1), ("b", "shares"): pytest.approx(1),
    }  # fmt: skip
