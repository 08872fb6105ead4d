"""What a person wants changed becomes changes to rows, and a test that was brought stays."""

from __future__ import annotations

from typing import Any

import pytest

from seqcore.analysis.xray.result import (
    AcrossParts,
    Conflict,
    DamagedRow,
    ForeignRow,
    Repeated,
    Suspect,
    XRay,
)
from seqcore.datasets import LabelledText
from seqcore.errors import OptionError
from seqcore.lab.xray.version import DROPPED, Wanted, changes_wanted
from tests.analysis.xray.test_findings import xray
from tests.datasets.conftest import labelled

TEXTS = ["same", "same", "Same!", "other", "andere", "donâ€™t", "same"]
FOUND: dict[str, Any] = {
    "duplicates": Repeated(rows=(1, 6), groups=((0, 1, 6),)),
    "near_duplicates": Repeated(rows=(2,), groups=((0, 1, 2, 6),)),
    "conflicts": (Conflict(rows=(0, 1, 6), labels=("a", "b", "a")),),
    "suspects": (
        Suspect(row=3, label="b", suggested="a", score=0.9), Suspect(row=6, label="a", suggested="b", score=0.8),
    ),
    "foreign": (ForeignRow(row=4, what="German"),),
    "damaged": (DamagedRow(row=5, excerpt="donâ€™t", mended="don’t"),),
    "without_words": (), "one_word": (3,),
}  # fmt: skip


def found(**more: Any) -> XRay:
    return xray(**FOUND | more)


def data(split: list[str] | None = None) -> LabelledText:
    return labelled(list("ababaab"), TEXTS, split)


@pytest.mark.parametrize(
    ("names", "dropped", "said"),
    [
        (("duplicates",), {1, 6}, "2 rows left out that repeat another row exactly"),
        (("near_duplicates",), {2}, "1 row left out that nearly repeat another row"),
        (("duplicates", "near_duplicates"), {1, 2, 6}, "1 row left out that nearly repeat another row"),
        (("conflicts",), {0, 1, 6}, "3 rows left out whose text has several labels"),
        (("suspects",), {3, 6}, "2 rows left out whose label looks wrong"),
        (("short", "foreign", "encoding"), {3, 4, 5}, "1 row left out in another language or script"),
    ],
)
def test_what_is_named_is_left_out_and_said(names: tuple[str, ...], dropped: set[int], said: str) -> None:
    changes = changes_wanted(data(), found(), Wanted(drop=names))
    assert set(changes.drop) == dropped
    assert said in changes.said


def test_a_test_that_was_brought_stays_unless_that_is_said() -> None:
    brought = data(["train", "train", "train", "train", "test", "test", "test"])
    wanted = {"drop": ("duplicates", "foreign"), "mend": True, "relabel": True}
    changes = changes_wanted(brought, found(), Wanted(**wanted))
    assert (set(changes.drop), dict(changes.labels), dict(changes.texts)) == ({1}, {3: "a"}, {})
    changes = changes_wanted(brought, found(), Wanted(**wanted, test_too=True))
    assert (set(changes.drop), dict(changes.labels), dict(changes.texts)) == ({1, 4, 6}, {3: "a"}, {5: "don’t"})


def test_what_the_test_repeats_is_left_out_of_what_is_learned() -> None:
    across = AcrossParts(texts=1, rows=(6,), near_rows=(), learned_rows=(0, 1, 2))
    brought = data(["train"] * 6 + ["test"])
    changes = changes_wanted(brought, found(across=across), Wanted(drop=("across_splits",)))
    assert set(changes.drop) == {0, 1, 2}


def test_single_labels_are_changed_or_left_out_as_was_said_of_each() -> None:
    changes = changes_wanted(data(), found(), Wanted(suspects={3: "relabel", 6: "drop", 0: "drop"}))
    assert (set(changes.drop), dict(changes.labels)) == ({6}, {3: "a"})
    assert changes.said == ("1 row left out whose label looked wrong", "1 row given another label")


def test_nothing_wanted_changes_nothing() -> None:
    assert not Wanted().anything
    assert not changes_wanted(data(), found(), Wanted())


def test_a_name_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(OptionError, match=", ".join(DROPPED)):
        changes_wanted(data(), found(), Wanted(drop=("typos",)))
