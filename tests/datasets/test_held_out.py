"""What a person brought to test on is the test, or is refused; nothing else is ever tested on in its place."""

from __future__ import annotations

import pytest

from seqcore.datasets import Columns, Dropped, label_table, split_rows
from seqcore.datasets.labels import look_alikes_in
from seqcore.errors import DataError
from seqcore.settings import Settings
from seqcore.spec import SplitOptions
from tests.datasets.conftest import Read

CHOSEN = Columns("text", "label")


def _rows(*labels: str, times: int = 10, word: str = "thing") -> str:
    return "".join(f"{word} number {n} {label},{label}\n" for n in range(times) for label in labels)


@pytest.mark.parametrize(
    ("trained", "tested"),
    [
        (("0", "1"), ("0.0", "1.0")),
        (("1.0", "2.0"), ("1", "2")),
        (("-1", "1"), ("-1.0", "+1")),
        (("yes", "no"), ("yes\u200b", " no ")),
        (("né", "non"), ("ne\u0301", "non")),
    ],
)
def test_a_test_file_with_labels_spelled_otherwise_is_tested_on_whole(
    read: Read, limits: Settings, trained: tuple[str, ...], tested: tuple[str, ...]
) -> None:
    train, test = read("text,label\n" + _rows(*trained)), read("text,label\n" + _rows(*tested, times=3), "test.csv")
    data = label_table(train, CHOSEN, test=test, limits=limits)
    assert set(data.labels) == set(trained)
    assert len(split_rows(data, SplitOptions()).test) == 6
    assert data.dropped == ()
    assert data.reading is not None and data.reading.test is not None
    assert (data.reading.rows, data.reading.test.rows) == (20, 6)


def test_a_test_file_of_which_nothing_is_left_is_refused_with_the_labels_of_both(read: Read, limits: Settings) -> None:
    train, test = (
        read("text,label\n" + _rows("positive", "negative")),
        read("text,label\n" + _rows("Positive", "Negative")),
    )
    with pytest.raises(DataError, match="Got “Positive”, “Negative”, where training rows have “positive”, “negative”"):
        label_table(train, CHOSEN, test=test, limits=limits)
    assert look_alikes_in(train, CHOSEN, test=test) == (("positive", "Positive"), ("negative", "Negative"))
    merged = label_table(train, CHOSEN, test=test, merge_look_alikes=True, limits=limits)
    assert (merged.classes, len(split_rows(merged, SplitOptions()).test)) == (("negative", "positive"), 20)


def test_rows_of_a_test_file_that_are_left_out_are_counted_and_said(read: Read, limits: Settings) -> None:
    train = read("text,label\n" + _rows("good", "bad"))
    test = read("text,label\na b,good\nc d,bad\ne f,unsure\n,good\ng h,\n", "test.csv")
    data = label_table(train, CHOSEN, test=test, limits=limits)
    assert len(split_rows(data, SplitOptions()).test) == 2
    assert data.reading is not None and data.reading.test is not None
    assert data.reading.test.dropped == (
        Dropped("no text", 1, (5,)), Dropped("no label", 1, (6,)), Dropped("a class that no training row has", 1, (4,)),
    )  # fmt: skip
    assert (data.reading.dropped, data.reading.test.left_out) == ((), 3)
    assert any("No training row has “unsure”" in note for note in data.reading.test.notes)


@pytest.mark.parametrize(
    ("train", "test", "names"),
    [
        (_rows("0", "1"), "id,text\n" + "".join(f"{n},some words {n}\n" for n in range(8)), "“id”, “text”"),
        (_rows("0", "1"), "id,text\n0,some words\n1,other words\n", "“id”, “text”"),
        (_rows("0", "1"), "text,votes\nsome words,0\nother words,1\nthird words,1\n", "“text”, “votes”"),
        (_rows("3", "7"), "text\nsome words\nother words\nthird words\n", "“text”"),
        (
            _rows("a", "b"),
            "qid,text,date\nx1,some words,2023-01-02\nx2,other words,2023-02-02\n",
            "“qid”, “text”, “date”",
        ),
    ],
)
def test_a_test_file_without_a_label_column_is_refused_with_its_columns(
    read: Read, limits: Settings, train: str, test: str, names: str
) -> None:
    with pytest.raises(DataError, match=f"The test file has no label column. Got columns {names}.*Predict page"):
        label_table(read("text,label\n" + train), CHOSEN, test=read(test, "test.csv"), limits=limits)


@pytest.mark.parametrize(
    "test",
    [
        "Text,Label\nsome words,good\nother words,bad\n",
        "id,sentence,class\n0,some words,good\n1,other words,bad\n",
        "id,abc,xyz\n0,some words,good\n1,other words,bad\n",
        "good,some words\nbad,other words\ngood,some more words\n",
    ],
)
def test_columns_of_a_test_file_are_found_by_name_or_by_their_classes(read: Read, limits: Settings, test: str) -> None:
    train = read("text,label\n" + _rows("good", "bad"))
    data = label_table(train, CHOSEN, test=read(test, "test.csv"), limits=limits)
    assert data.texts[20:22] == ("some words", "other words")
    assert data.labels[20:22] == ("good", "bad")


@pytest.mark.parametrize("tested", ["{},c,test\n", "{},,test\n", "{},C ,Testing\n{},d,test\n"])
def test_rows_that_a_split_column_marks_as_test_are_tested_on_or_refused(
    read: Read, limits: Settings, tested: str
) -> None:
    trained = "".join(f"text {n},{'ab'[n % 2]},train\n" for n in range(20))
    table = read("text,label,split\n" + trained + tested.format("one more", "another"))
    with pytest.raises(DataError, match="No row"):
        label_table(table, Columns("text", "label", "split"), limits=limits)
    assert len(label_table(table, CHOSEN, limits=limits)) >= 20


def test_marked_rows_that_are_left_out_are_told_from_others(read: Read, limits: Settings) -> None:
    trained = "".join(f"text {n},{'ab'[n % 2]},train\n" for n in range(20))
    table = read("text,label,split\n" + trained + "x y,a,test\nx z,c,test\n,a,test\ny z,,dev\n,b,train\n")
    data = label_table(table, Columns("text", "label", "split"), limits=limits)
    assert {dropped.reason for dropped in data.dropped} == {
        "no text", "no text (marked test)", "no label (marked validation)",
        "a class that no training row has (marked test)",
    }  # fmt: skip
    assert len(split_rows(data, SplitOptions()).test) == 1


@pytest.mark.parametrize("test", ["c,see this\nd,see that\nc,and this\n", "see this,c\nsee that,d\nand this,c\n"])
def test_without_names_classes_tell_the_label_column_of_a_test_file(read: Read, limits: Settings, test: str) -> None:
    table = read(_rows("c", "d"))
    columns = Columns("column 1", "column 2")
    data = label_table(table, columns, test=read(test, "test.csv"), limits=limits)
    assert (data.given_split or ()).count("test") == 3


def test_a_few_labels_of_one_and_nought_are_no_running_numbers(read: Read, limits: Settings) -> None:
    test = read("text,target\na b c,1\nd e f,0\n", "test.csv")
    data = label_table(read("text,label\n" + _rows("0", "1")), CHOSEN, test=test, limits=limits)
    assert (data.given_split or ()).count("test") == 2
