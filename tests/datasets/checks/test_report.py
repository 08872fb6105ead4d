from __future__ import annotations

import numpy as np

from seqcore.datasets import Dropped, LabelledText, Split, report_on, split_rows
from seqcore.spec import SplitOptions
from tests.datasets.conftest import labelled


def split_of(train: list[int], validation: list[int], test: list[int]) -> Split:
    return Split(*(np.array(rows, dtype=np.int64) for rows in (train, validation, test)))


def test_classes_are_counted_in_all_and_in_every_part() -> None:
    report = report_on(labelled(list("aabab")), split_of([0, 1, 2], [3], [4]))
    assert report.class_counts == {"a": 3, "b": 2}
    assert report.split_counts == {
        "train": {"a": 2, "b": 1}, "validation": {"a": 1, "b": 0}, "test": {"a": 0, "b": 1},
    }  # fmt: skip


def test_duplicates_are_counted_and_those_in_training_and_test_too() -> None:
    data = labelled(list("aabbab"), ["x", "x", "y", "z", "x", "z"])
    report = report_on(data, split_of([0, 2, 3], [1], [4, 5]))
    assert report.duplicates == 3
    assert report.duplicates_across == 2


def test_no_duplicate_stands_in_two_parts_when_they_stay_together() -> None:
    data = labelled(["a", "b"] * 30, [f"text {row % 20}" for row in range(60)])
    assert report_on(data, split_rows(data, SplitOptions())).duplicates_across == 0


def test_texts_with_several_labels_are_listed() -> None:
    data = labelled(list("abcab"), ["x", "x", "x", "y", "z"])
    assert report_on(data, split_of([0, 1, 2], [3], [4])).conflicts == (("x", ("a", "b", "c")),)


def test_a_class_with_too_few_rows_is_named() -> None:
    data = labelled(["a"] * 9 + ["b"] * 3 + ["two"] * 2 + ["one"])
    assert report_on(data, split_rows(data, SplitOptions())).small_classes == ("one", "two")


def test_what_was_dropped_and_noted_is_passed_on() -> None:
    data = LabelledText("n", ("a", "b", "c"), ("x", "y", "x"), None, (Dropped("no text", 1, (2,)),), ("a note",))
    report = report_on(data, split_of([0], [1], [2]))
    assert (report.dropped, report.notes) == (data.dropped, data.notes)
