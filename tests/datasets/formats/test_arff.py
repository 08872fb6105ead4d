"""ARFF with texts: quotes, escapes, comments, missing values."""

from __future__ import annotations

import pytest

from seqcore.datasets import guess_columns
from seqcore.errors import DataError
from tests.datasets.conftest import Read, rows_of
from tests.datasets.formats.test_fuzz import no_hang

HEAD = "% films\n\n@RELATION 'all reviews'\n@attribute text string\n@ATTRIBUTE\tclass\t{good, bad}\n@data\n"


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("'A fine film',good", ["A fine film", "good"]),
        ('"A fine, long film" , bad', ["A fine, long film", "bad"]),
        (r"'It\'s fine',good", ["It's fine", "good"]),
        (r"'one\ntwo \\ three \u00e9',good", ["one\ntwo \\ three é", "good"]),
        ("it's fine,good", ["it's fine", "good"]),
        ("'he said \"no\"',bad", ['he said "no"', "bad"]),
        ("'fine',?", ["fine", None]),
        ("'?','?'", ["?", "?"]),
        ("'weighted',good,{5}", ["weighted", "good"]),
        ("'', good", [None, "good"]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_row_is_read_as_weka_writes_it(read: Read, line: str, cells: list[str | None], end: str) -> None:
    text = f"{HEAD}% a comment\n{line}\n\n'other',bad\n".replace("\n", end)
    table = read(text, "a.arff")
    assert list(table.frame.columns) == ["text", "class"]
    assert rows_of(table) == [cells, ["other", "bad"]]
    assert list(table.frame.index) == [8, 10]


def test_names_of_attributes_may_be_quoted_and_the_name_of_the_file_another(read: Read) -> None:
    table = read(
        "@relation r\n@attribute 'the text' string\n@attribute \"a \\\"b\\\"\" {x,y}\n@data\n'a b',x\n'c d',y\n",
        "a.txt",
    )
    assert list(table.frame.columns) == ["the text", 'a "b"']
    assert guess_columns(table).text == "the text"


@pytest.mark.parametrize(
    ("rows", "problem"),
    [("{0 'a', 1 good}", "sparse"), ("'only one'", "does not have 2 values"), ("a,b,c,d", "does not have 2 values")],
)
def test_what_cannot_be_read_is_refused_with_its_line(read: Read, rows: str, problem: str) -> None:
    with pytest.raises(DataError, match=rf"{problem}.*"):
        read(HEAD + rows, "a.arff")


def test_an_arff_file_without_attributes_or_rows_is_refused(read: Read) -> None:
    for text in ("@relation r\n@data\n1,2\n", HEAD):
        with pytest.raises(DataError):
            read(text, "a.arff")


@pytest.mark.parametrize(
    "hostile", ["\\" * 300_001, " " * 300_000 + "x", "'" * 300_001, "'\\" * 150_000, "\n%" * 150_000]
)
def test_hostile_lines_take_no_time(read: Read, hostile: str) -> None:
    with no_hang():
        for text in (HEAD + hostile, hostile + HEAD):
            try:
                read(text, "a.arff")
            except DataError as error:
                assert len(str(error)) < 600
