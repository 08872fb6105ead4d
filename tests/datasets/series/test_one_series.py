"""A file that is one series, a row a moment."""

from __future__ import annotations

import pytest

from seqcore.datasets.series.one_series import as_one_series, with_moments_counted
from seqcore.datasets.series.outline import outline_of
from seqcore.datasets.series.reading import read_series
from seqcore.settings import Settings
from tests.kinds.series.made import as_long_csv, as_wide_csv, rising_and_falling


def read(content: str, channels: int) -> list[list[list[float]]]:
    data = with_moments_counted(content.encode())
    outline = outline_of(data, "a.csv")
    assert outline is not None
    found = read_series(data, "a.csv", limits=Settings(), chosen=as_one_series(outline, channels).guess.columns)
    return [one.round(3).tolist() for one in found.series]


@pytest.mark.parametrize(
    ("content", "channels", "series"),
    [
        ("value\n1.5\n2\n3\n", 1, [[1.5], [2], [3]]),
        ("1.5\r\n2\r\n3", 1, [[1.5], [2], [3]]),
        ("time,value\n2,20\n1,10\n3,30\n", 1, [[10], [20], [30]]),
        ("date,value\n2024-01-02,20\n2024-01-01,10\n2024-01-03,30\n", 1, [[10], [20], [30]]),
        ("x,y\n1,10\n2,20\n3,30\n", 2, [[1, 10], [2, 20], [3, 30]]),
        ("t;x;y;z\n0;1;10;5\n1;2;20;6\n", 3, [[1, 10, 5], [2, 20, 6]]),
    ],
)
def test_a_table_with_a_column_for_each_channel_is_one_series(content, channels, series) -> None:
    assert read(content, channels) == [series]


@pytest.mark.parametrize("written", [as_wide_csv, as_long_csv])
def test_a_table_of_several_series_stays_one(written) -> None:
    assert len(read(written(rising_and_falling(8)), 1)) == 8


def test_what_is_no_column_of_numbers_is_left_as_it_is() -> None:
    for content in (b"", b"so nice\nso bad\n", b"a,b\n1,2\n", b"\x00\xff\xfe\x00"):
        assert with_moments_counted(content) == content
