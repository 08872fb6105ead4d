"""Which change of a text is the smallest that flips an answer."""

import numpy as np
import pytest

from seqcore.analysis.flips import KINDS, change_told, margins_of, smallest_first, tried_told


def test_a_margin_is_the_lead_of_the_likeliest_other_class():
    found = margins_of(np.array([[0.2, 0.5, 0.3], [0.7, 0.1, 0.2]]), 0)
    np.testing.assert_allclose(found, [0.3, -0.5])


def test_a_kind_that_changes_less_comes_first_whatever_its_margin():
    kinds = ["replace", "insert", "mask", "remove", "swap"]
    assert smallest_first(kinds, np.array([0.9, 0.8, 0.7, 0.6, 0.1]), [1] * 5).tolist() == [4, 3, 2, 1, 0]


def test_of_one_kind_the_clearest_comes_first_and_of_equals_the_earliest():
    assert smallest_first(["remove"] * 4, np.array([0.1, 0.5, 0.5, -0.2]), [1, 7, 3, 2]).tolist() == [2, 1, 0, 3]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_said(kind: str):
    said = change_told(kind, "not" if kind != "insert" else "", "" if kind == "remove" else "so", 3)
    assert "“" in said and "3" in said


def test_it_says_of_which_kinds_every_change_was_tried():
    said = tried_told({"swap": (2, 2), "remove": (3, 3), "mask": (0, 0), "insert": (4, 90), "replace": (5, 1000)})
    assert said == "every swap (2), every removal (3), 4 of 90 insertions, 5 of 1,000 replacements"
