from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import LabelEncoder

from seqcore.datasets import Columns, Dropped, LabelledText, label_table
from seqcore.errors import DataError
from seqcore.settings import Settings
from tests.datasets.conftest import Read, labelled, parquet, workbook

CHOSEN = Columns("text", "label")


def test_rows_without_text_or_label_are_left_out_and_counted(read: Read, limits: Settings) -> None:
    table = read('text,label\na b,x\n,x\nc d,\n"  ",y\ne f,  y \n\ng h,\n')
    data = label_table(table, CHOSEN, limits=limits)
    assert data.texts == ("a b", "e f")
    assert data.labels == ("x", "y")
    assert data.dropped == (Dropped("no text", 2, (3, 5)), Dropped("no label", 2, (4, 8)))


def test_only_the_first_row_numbers_are_kept(read: Read, limits: Settings) -> None:
    table = read("text,label\na,x\nb,y\n" + "c d,\n" * 500)
    (dropped,) = label_table(table, CHOSEN, limits=limits).dropped
    assert (dropped.count, dropped.rows[0], len(dropped.rows)) == (500, 4, 10)


def test_texts_stay_as_they_are(read: Read, limits: Settings) -> None:
    table = read('text,label\n" <b>Café</b>  \n😀 ",x\nb,y\n')
    assert label_table(table, CHOSEN, limits=limits).texts[0] == " <b>Café</b>  \n😀 "


def test_a_text_of_100_000_characters_is_cut_and_said_so(read: Read, limits: Settings) -> None:
    data = label_table(read(f"text,label\n{'x' * 100_000},a\nb,b\n"), CHOSEN, limits=limits)
    assert [len(text) for text in data.texts] == [50_000, 1]
    assert "1 text was cut to 50,000 characters" in data.notes


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a,x\n", "One row is not enough"),
        ("a,x\nb,x\nc,x\n", "same label"),
        (",x\n b,\n", "No labelled texts are left"),
        ("a,x\n,y\n", "One row is not enough"),
    ],
)
def test_what_nothing_can_be_learned_from_is_refused(read: Read, limits: Settings, rows: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        label_table(read("text,label\n" + rows), CHOSEN, limits=limits)


def test_10_000_classes_are_refused_with_the_way_out(read: Read, limits: Settings) -> None:
    table = read("text,label\n" + "".join(f"text {row},class {row}\n" for row in range(10_000)))
    with pytest.raises(DataError, match=r"More than 200 classes. Got 10,000 different labels.*right label column"):
        label_table(table, CHOSEN, limits=limits)


@pytest.mark.parametrize(
    ("content", "classes"),
    [
        (parquet(text=["a", "b", "c"], label=[1.0, 0.0, None]), ("0", "1")),
        (parquet(text=["a", "b", "c"], label=[True, False, True]), ("False", "True")),
        (parquet(text=["a", "b", "c"], label=[10, 9, -1]), ("-1", "9", "10")),
        (workbook([["text", "label"], ["a", 1], ["b", 2], ["c", 10]]), ("1", "2", "10")),
        (b"text,label\na,yes\nb,no\nc,yes\n", ("no", "yes")),
        (b"text,label\na,2.0\nb,10.0\nc,2.0\n", ("2.0", "10.0")),
        (b"text,label\na,2\nb,10\nc,x\n", ("10", "2", "x")),
    ],
    ids=["floats with a gap", "booleans", "integers", "sheet numbers", "words", "decimals as written", "mixed"],
)
def test_labels_of_any_type_are_shown_as_written(
    read: Read, limits: Settings, content: bytes, classes: tuple[str, ...]
) -> None:
    assert label_table(read(content), CHOSEN, limits=limits).classes == classes


@given(st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=30))
def test_codes_equal_those_of_label_encoder_on_strings(labels: list[str]) -> None:
    labels = [f"c{label}" for label in labels]
    np.testing.assert_array_equal(
        labelled(labels).codes(), LabelEncoder().fit_transform(np.array(labels, dtype=object))
    )


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=30))
def test_codes_equal_those_of_label_encoder_on_numbers(numbers: list[int]) -> None:
    data = labelled([str(number) for number in numbers])
    np.testing.assert_array_equal(data.codes(), LabelEncoder().fit_transform(numbers))


def test_a_split_column_is_kept_in_our_own_words(read: Read, limits: Settings) -> None:
    table = read("text,label,part\na,x,Training\nb,y,train\nc,x,VAL\nd,y,testing\ne,x,holdout\nf,y,\n")
    data = label_table(table, Columns("text", "label", "part"), limits=limits)
    assert data.given_split == ("train", "train", "validation", "test")
    assert data.dropped == (Dropped("not train, validation or test in the split column", 2, (6, 7)),)


def test_a_test_file_with_other_column_names_is_understood(read: Read, limits: Settings) -> None:
    train = read("text,label\ngood film,x\nbad film,y\n")
    test = read("sentence,class,id\na good film indeed,x,1\nan odd film,z,2\na bad film,y,3\n", "test.csv")
    data = label_table(train, CHOSEN, test=test, limits=limits)
    assert data.given_split == ("train", "train", "test", "test")
    assert data.texts[2:] == ("a good film indeed", "a bad film")
    assert data.dropped == (Dropped("a class that no training row has (test file)", 1, (3,)),)
    assert any("“sentence” was taken as the text" in note for note in data.notes)


def test_a_test_file_without_labels_is_refused(read: Read, limits: Settings) -> None:
    train = read("text,label\ngood film,x\nbad film,y\n")
    with pytest.raises(DataError, match="no row with both"):
        label_table(train, CHOSEN, test=read("text,label\na,\nb,\n"), limits=limits)


def test_rows_marked_test_train_when_a_test_file_is_given(read: Read, limits: Settings) -> None:
    train = read("text,label,split\na,x,train\nb,y,train\nc,x,test\n")
    data = label_table(train, Columns("text", "label", "split"), test=read("text,label\nd,x\n"), limits=limits)
    assert data.given_split == ("train", "train", "train", "test")
    assert any("used for training" in note for note in data.notes)


def test_a_split_without_training_rows_is_refused(read: Read, limits: Settings) -> None:
    table = read("text,label,split\na,x,test\nb,y,validation\n")
    with pytest.raises(DataError, match="No row is marked for training"):
        label_table(table, Columns("text", "label", "split"), limits=limits)


@pytest.mark.parametrize(
    "columns", [Columns("nope", "label"), Columns("text", "nope"), Columns("text", "label", "nope")]
)
def test_a_column_that_does_not_exist_is_named_with_those_that_do(
    read: Read, limits: Settings, columns: Columns
) -> None:
    with pytest.raises(DataError, match=r"no column “nope”. Choose from: “text”, “label”"):
        label_table(read("text,label\na,x\nb,y\n"), columns, limits=limits)


def test_text_and_label_must_differ(read: Read, limits: Settings) -> None:
    with pytest.raises(DataError, match="different columns"):
        label_table(read("text,label\na,x\nb,y\n"), Columns("text", "text"), limits=limits)


def test_parquet_keeps_everything() -> None:
    data = LabelledText(
        "ü.csv", ("a\n😀", "b"), ("x", "y"), ("train", "test"), (Dropped("no text", 3, (2, 4, 9)),), ("Read as cp1252",)
    )
    again = LabelledText.from_parquet(data.to_parquet())
    assert again == data
    assert again.content_hash == data.content_hash
    assert LabelledText.from_parquet(labelled("ab").to_parquet(), "other").name == "other"


@pytest.mark.parametrize("content", [b"", b"PAR1", parquet(text=["a"], label=["b"])])
def test_a_foreign_parquet_file_is_a_data_error(content: bytes) -> None:
    with pytest.raises(DataError, match="stored data set"):
        LabelledText.from_parquet(content)


def test_the_hash_tells_texts_labels_and_split_apart_and_nothing_else() -> None:
    base = labelled(["x", "y"], ["ab", "c"])
    others = [
        labelled(["x", "y"], ["a", "bc"]),
        labelled(["y", "x"], ["ab", "c"]),
        labelled(["x", "y"], ["ab", "c"], ["train", "test"]),
        labelled(["x", "y"], ["c", "ab"]),
    ]
    assert len({base.content_hash, *(other.content_hash for other in others)}) == 5
    assert LabelledText("other name", base.texts, base.labels, notes=("a note",)).content_hash == base.content_hash
    assert len(base.content_hash) == 16


def test_spellings_of_one_label_are_one_class_and_look_alikes_are_two(read: Read, limits: Settings) -> None:
    table = read("text,label\na,yes\nb,Yes\nc,yes\u200b\nd,no\ne,né\nf,ne\u0301\ng,0\nh,0.0\ni,\u200b\n")
    data = label_table(table, CHOSEN, limits=limits)
    assert set(data.labels) == {"yes", "Yes", "no", "né", "0"}
    assert any("“0.0” as “0” (1 row)" in note for note in data.notes)
    assert data.dropped == (Dropped("no label", 1, (10,)),)
    assert "Yes" not in label_table(table, CHOSEN, merge_look_alikes=True, limits=limits).labels


def test_several_text_columns_are_joined(read: Read, limits: Settings) -> None:
    table = read("title,text,label\nGood,It was fine,x\n,Only text,y\nOnly title, ,x\n,,y\n")
    data = label_table(table, Columns(("title", "text"), "label"), limits=limits)
    assert data.texts == ("Good\nIt was fine", "Only text", "Only title")
    assert data.reading is not None and data.reading.to_json()["text"] == ["title", "text"]
    assert data.dropped == (Dropped("no text", 1, (5,)),)


def test_how_a_file_was_read_is_kept_with_the_data(read: Read, limits: Settings) -> None:
    data = label_table(read("text,label\na b,x\nc d,y\n,x\n"), CHOSEN, test=read("text,label\ne f,x\n"), limits=limits)
    again = LabelledText.from_parquet(data.to_parquet())
    assert again == data
    assert again.reading is not None and again.reading.test is not None
    assert (again.reading.rows, again.reading.left_out, again.reading.test.rows) == (2, 1, 1)


@pytest.mark.parametrize("nothing", ["NULL", "\\N", "nan", "#N/A", "<NA>"])
def test_what_programs_write_for_nothing_is_no_text_and_no_label(read: Read, limits: Settings, nothing: str) -> None:
    table = read(f"text,label\na b,x\nc d,{nothing}\n{nothing},y\ne f,y\ng h,None\n")
    data = label_table(table, Columns("text", "label"), limits=limits)
    assert data.labels == ("x", "y", "None")
    assert [(each.reason, each.rows) for each in data.dropped] == [("no label", (3,)), ("no text", (4,))]
