"""One text per line: which signs end a line, which lines are texts, and which files of lines are tables after all."""

import pytest

from seqcore.datasets.formats.lines import split_lines
from seqcore.datasets.formats.parse import read_texts
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.table import Table
from seqcore.errors import DataError
from seqcore.settings import Settings

IN_A_TEXT = ["\v", "\f", "\x85", "\u2028", "\u2029", "\x1c", "\x1d", "\x1e"]


def read(text: str, name: str = "texts.txt", **decided: object) -> Table:
    return read_texts(text.encode(), name, limits=Settings(), read_as=ReadAs(**decided))


def rows(table: Table) -> list[tuple[int, list[str | None]]]:
    return [(int(number), row.tolist()) for number, row in zip(table.frame.index, table.frame.to_numpy(), strict=True)]


@pytest.mark.parametrize("sign", IN_A_TEXT)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_signs_that_look_like_line_ends_stand_in_a_text(sign: str, end: str) -> None:
    long = "a line long enough that one control character does not make a binary file of it"
    text = f"{long}{end}has {sign} in it{end}{end}after an empty one{end}"
    assert rows(read(text)) == [
        (1, [long]), (2, [f"has {sign} in it"]), (3, [None]), (4, ["after an empty one"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\rb\nc", ["a\rb", "c"]),  # a lone CR among LF lines is part of the text
        ("a\rb\r\rc\r", ["a", "b", "", "c"]),  # a file of an old Mac
        ("a\r\nb\nc\r\n", ["a", "b", "c"]),
        ("a\n\n\n", ["a", "", ""]),
        ("\n\na", ["", "", "a"]),
        ("a", ["a"]),
    ],
)
def test_lines_end_at_lf_and_crlf(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


def test_a_line_of_spaces_is_empty_and_keeps_its_place() -> None:
    assert rows(read("one two\n \t \nthree four\n")) == [(1, ["one two"]), (2, [None]), (3, ["three four"])]


@pytest.mark.parametrize(
    "text",
    [
        "one, with a comma\ntwo; and more\n=three",
        "Question, please: where is it\nAnswer, here\n",
        "News, text and video\nno comma here\n",
        "only one\twith a tab\nand another without\n",
        "Yes, text me\nNo, mail me\n",
        "text\n",
        "news\nsports\nfilm\n",
    ],
)
def test_sentences_with_marks_in_them_stay_texts(text: str) -> None:
    table = read(text)
    assert list(table.frame.columns) == ["text"]
    assert table.frame["text"].tolist() == text.splitlines()


@pytest.mark.parametrize(
    ("text", "columns", "first"),
    [
        ("id,text\n1,one of them\n2,another\n", ["id", "text"], ["1", "one of them"]),
        ("text\tlabel\none of them\tham\nanother\tspam\n", ["text", "label"], ["one of them", "ham"]),
        ("nr;review\n1;one of them\n2;another\n", ["nr", "review"], ["1", "one of them"]),
        ("text one\tOTHER\ntext two\tOFFENSE\n", ["column 1", "column 2"], ["text one", "OTHER"]),
        ("one of them\t4\nanother\t5\nthird\t5\n", ["column 1", "column 2"], ["one of them", "4"]),
    ],
)
def test_a_file_of_columns_is_read_as_a_table(text: str, columns: list[str], first: list[str]) -> None:
    table = read(text)
    assert list(table.frame.columns) == columns
    assert table.frame.iloc[0].tolist() == first
    assert len(table.frame) == len([line for line in text.splitlines() if line]) - (columns[0] != "column 1")


def test_an_empty_line_between_rows_of_columns_keeps_its_place() -> None:
    assert rows(read("a b\tx\n\nc d\ty\n")) == [(1, ["a b", "x"]), (2, [None, None]), (3, ["c d", "y"])]


def test_a_heading_above_sentences_is_no_text_and_said_so() -> None:
    table = read("Text\nwhat a film\n\nwhat a bore\n")
    assert rows(table) == [(2, ["what a film"]), (3, [None]), (4, ["what a bore"])]
    assert table.notes == ("The first line, “Text”, was taken as a heading",)
    assert table.how.header == 1


def test_what_a_person_decided_holds() -> None:
    assert rows(read("Text\nwhat a film\n", header=0))[0] == (1, ["Text"])
    assert rows(read("a heading of ours\nwhat a film\n", header=1)) == [(2, ["what a film"])]
    assert list(read("one\ttwo\nthree\tfour\n", delimiter="").frame.columns) == ["text"]


def test_more_lines_than_allowed_are_refused_before_they_are_laid_out() -> None:
    with pytest.raises(DataError, match="more than 10 rows"):
        read_texts(b"a\n" * 12, "x.txt", limits=Settings(max_rows=10))
    assert len(read_texts(b"a\n" * 10, "x.txt", limits=Settings(max_rows=10)).frame) == 10
