"""Moments that are not evenly spaced in time are noticed."""

from __future__ import annotations

import numpy as np
import pytest

from seqcore.datasets.series.apart import read_labelled
from seqcore.datasets.series.evenness import told_of_gaps
from seqcore.settings import Settings


def test_series_of_other_rates_are_even_each_by_itself() -> None:
    assert told_of_gaps([np.arange(10.0), 0.1 * np.arange(10.0)]) is None
    assert told_of_gaps([np.array([0.0]), np.array([0.0, 5]), np.zeros(0)]) is None
    assert told_of_gaps([]) is None


def test_the_share_of_uneven_gaps_is_said() -> None:
    assert "25 % of the gaps" in (told_of_gaps([np.array([0.0, 1, 2, 3, 10])]) or "")
    assert "25 % of the gaps" in (told_of_gaps([np.array([0.0, 1, 2, 2, 3])]) or ""), "two moments at one time"


def test_a_hole_or_two_among_hundreds_of_moments_is_no_matter() -> None:
    assert told_of_gaps([np.array([*range(300), 500.0])]) is None


@pytest.mark.parametrize(("last", "uneven"), [("4", False), ("40", True)])
def test_a_long_table_says_so_in_its_notes(last: str, uneven: bool) -> None:
    rows = [f"{name},{time},{value},{label}" for name, label in (("a", "u"), ("b", "v"), ("c", "u"), ("d", "v"))
            for value, time in enumerate(["1", "2", "3", last])]  # fmt: skip
    content = "\n".join(["series,time,value,label", *rows])
    found = read_labelled([("a.csv", content.encode())], limits=Settings(), do=lambda job: pytest.fail("is small"))
    assert any("33 % of the gaps" in note for note in found.notes) is uneven
