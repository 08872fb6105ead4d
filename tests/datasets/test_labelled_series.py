"""Series with labels: what is kept of them, and how they are told apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.errors import DataError


def _data(**changes) -> LabelledSeries:
    gap = np.array([[1.5, 2], [np.nan, 3], [4, -0.25]], np.float32)
    short = np.array([[7, 8]], np.float32)
    data = LabelledSeries("ECG", (gap, short), ("ill", "well"), channels=("x", "y"), notes=("One note",))
    return replace(data, **changes)


def test_everything_comes_back_from_parquet() -> None:
    times = (np.array([0.0, 0.5, 2.0]), np.array([10.0]))
    data = _data(given_split=("train", "test"), times=times, numbers=(2, 9), evidence=((0, 2), (0, 0)))
    again = LabelledSeries.from_parquet(data.to_parquet())
    assert again == data
    assert (again.channels, again.evidence, again.numbers, again.notes) == (
        ("x", "y"),
        ((0, 2), (0, 0)),
        (2, 9),
        ("One note",),
    )
    for one, other in zip([*again.series, *again.times], [*data.series, *times], strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


def test_what_is_not_known_stays_unknown_and_a_new_name_is_taken() -> None:
    again = LabelledSeries.from_parquet(_data().to_parquet(), "Heart")
    assert (again.name, again.given_split, again.times, again.evidence) == ("Heart", None, None, None)
    assert [again.number(row) for row in range(2)] == [1, 2]


@pytest.mark.parametrize(
    "change",
    [{"labels": ("ill", "ill")}, {"given_split": ("train", "test")}, {"times": (np.arange(3.0), np.arange(1.0))}],
    ids=str,
)
def test_the_hash_names_what_a_model_learns_from(change) -> None:
    assert _data().content_hash == _data(name="other").content_hash
    assert _data(**change).content_hash != _data().content_hash


def test_series_of_the_same_numbers_in_another_shape_are_not_the_same() -> None:
    flat = LabelledSeries("", (np.arange(4, dtype=np.float32).reshape(4, 1),), ("a",))
    wide = LabelledSeries("", (np.arange(4, dtype=np.float32).reshape(2, 2),), ("a",), channels=("x", "y"))
    assert flat.content_hash != wide.content_hash
    assert flat.keys() != wide.keys()


def test_a_summary_says_length_channels_and_the_first_numbers() -> None:
    assert _data().summary(0) == "3 moments of 2 channels: x 1.5, missing, 4"
    assert LabelledSeries("", (np.zeros((1, 1), np.float32),), ("a",)).summary(0) == "1 moment: 0"


def test_bytes_of_something_else_are_refused() -> None:
    with pytest.raises(DataError, match="cannot be read"):
        LabelledSeries.from_parquet(b"PAR1 nothing")
