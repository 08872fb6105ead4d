from __future__ import annotations

import pytest

from seqcore.datasets import LabelledText
from seqcore.datasets.cleaning import Changes, new_version
from seqcore.datasets.reading import Reading
from seqcore.errors import DataError
from tests.datasets.conftest import labelled

DATA = LabelledText("made.csv", ("a", "b", "c", "d"), ("x", "y", "x", "y"), numbers=(2, 3, 5, 8))


def test_rows_are_left_out_labels_and_texts_changed_and_the_numbers_in_the_file_stay() -> None:
    made = new_version(DATA, Changes(drop=[1], labels={2: "z"}, texts={3: "D"}, said=("1 row left out",)))
    assert (made.texts, made.labels, made.numbers) == (("a", "c", "D"), ("x", "z", "y"), (2, 5, 8))
    assert (made.name, made.notes) == ("made cleaned.csv", ("1 row left out",))
    assert made.content_hash != DATA.content_hash


def test_rows_without_a_file_are_numbered_by_the_place_that_they_had() -> None:
    assert new_version(labelled(list("abab")), Changes(drop=[0])).numbers == (2, 3, 4)


def test_the_parts_that_a_person_brought_stay_with_their_rows() -> None:
    data = labelled(list("ababab"), split=["train", "train", "test", "test", "train", "validation"])
    assert new_version(data, Changes(drop=[0])).given_split == ("train", "test", "test", "train", "validation")


def test_other_columns_of_the_file_stay_with_their_rows() -> None:
    data = LabelledText("made.csv", DATA.texts, DATA.labels, columns=(("site", ("p", "q", "r", "s")),))
    assert new_version(data, Changes(drop=[0])).other_columns == {"site": ("q", "r", "s")}


def test_a_version_of_a_version_has_the_same_name() -> None:
    assert new_version(new_version(DATA, Changes(drop=[0])), Changes(drop=[0])).name == "made cleaned.csv"


def test_a_reading_keeps_what_was_done_and_so_does_the_stored_file() -> None:
    reading = Reading("made.csv", "utf-8", ",", ("text",), "label", None, 4)
    made = new_version(
        LabelledText("made.csv", DATA.texts, DATA.labels, reading=reading), Changes(drop=[0], said=("said",))
    )
    assert made.reading is not None and made.reading.notes == ("said",)
    again = LabelledText.from_parquet(made.to_parquet())
    assert (again.numbers, again.notes, again.texts) == (made.numbers, made.notes, made.texts)


def test_a_version_of_one_class_only_is_refused() -> None:
    with pytest.raises(DataError, match="same label"):
        new_version(DATA, Changes(drop=[1, 3]))
