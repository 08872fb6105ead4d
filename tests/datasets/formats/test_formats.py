from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from seqcore.datasets import guess_columns, read_path
from seqcore.errors import DataError
from seqcore.settings import Settings
from tests.datasets.conftest import Read, gzipped, parquet, rows_of, workbook

ROWS = [["A fine film", "good"], ["A dull film", "bad"]]
OBJECTS = [{"text": text, "label": label} for text, label in ROWS]


@pytest.mark.parametrize(
    "value",
    [
        OBJECTS,
        {"data": OBJECTS},
        {"version": "1.0", "data": OBJECTS},
        {"rows": OBJECTS, "count": 2},
        {"text": [text for text, _ in ROWS], "label": [label for _, label in ROWS]},
        {"text": {"0": ROWS[0][0], "1": ROWS[1][0]}, "label": {"0": "good", "1": "bad"}},
        {"columns": ["text", "label"], "data": ROWS},
        {"0": OBJECTS[0], "1": OBJECTS[1]},
    ],
    ids=["objects", "data", "data beside other keys", "one list", "columns", "pandas columns", "pandas split", "index"],
)
def test_every_usual_json_layout_is_a_table(read: Read, value: object) -> None:
    table = read(json.dumps(value, indent=1), "a.json")
    assert rows_of(table) == ROWS
    assert list(table.frame.columns) == ["text", "label"]


def test_json_lines_are_read_with_their_line_numbers(read: Read) -> None:
    table = read("\n\n".join(json.dumps(item) for item in OBJECTS) + "\n", "a.jsonl")
    assert rows_of(table) == ROWS
    assert list(table.frame.index) == [1, 3]


def test_a_single_json_line_is_one_row(read: Read) -> None:
    assert rows_of(read(json.dumps(OBJECTS[0]), "a.jsonl")) == ROWS[:1]


def test_json_lists_of_lists_find_their_header(read: Read) -> None:
    assert rows_of(read(json.dumps([["text", "label"], *ROWS]), "a.json")) == ROWS


def test_json_values_stay_as_written(read: Read) -> None:
    table = read(
        '[{"t": "a", "x": 1.0, "y": true, "z": null}, {"t": "b", "x": 1e3, "y": false, "u": [1, 2]}]', "a.json"
    )
    assert rows_of(table) == [["a", "1.0", "true", None, None], ["b", "1e3", "false", None, "1 2"]]


def test_lone_surrogates_and_nul_in_json_do_no_harm(read: Read) -> None:
    table = read('[{"text": "a\\ud800b\\u0000c", "label": "x"}, {"text": "d", "label": "y"}]', "a.json")
    assert rows_of(table)[0][0] == "a?bc"


@pytest.mark.parametrize(
    "content",
    [
        "[1, 2, 3]",
        '{"text": "a"',
        '{"a": 1}\n{"a": ',
        "[]",
        "{}",
        '"text"',
        "[[[[",
        "[" * 100_000,
        "{}\n" + "[" * 100_000,
        '{"a":' * 100_000,
        "null",
    ],
)
def test_json_that_is_no_table_is_refused(read: Read, content: str) -> None:
    with pytest.raises(DataError):
        read(content, "a.json")


def test_a_broken_json_line_is_named(read: Read) -> None:
    with pytest.raises(DataError, match="Line 2 is not JSON"):
        read('{"text": "a", "label": "x"}\n{"text": oops}\n', "a.jsonl")


def test_parquet_types_are_shown_as_a_person_writes_them(read: Read) -> None:
    table = read(
        parquet(text=["a", "b"], whole=[1.0, None], part=[0.5, 1.5], flag=[True, False], number=[7, 8]), "a.parquet"
    )
    assert rows_of(table) == [["a", "1", "0.5", "True", "7"], ["b", None, "1.5", "False", "8"]]


def test_sheets_are_read_as_they_look(read: Read) -> None:
    table = read(
        workbook([["text", "label", "flag", "day"], ["a b", 1, True, datetime.date(2020, 1, 2)], ["c", 2.5, False]]),
        "a.xlsx",
    )
    assert rows_of(table) == [["a b", "1", "TRUE", "2020-01-02"], ["c", "2.5", "FALSE", None]]


def test_the_first_sheet_with_a_table_is_taken_and_named(read: Read) -> None:
    table = read(workbook([["only a note"]], [["text", "label"], *ROWS]), "a.xlsx")
    assert rows_of(table) == ROWS
    assert any("“Sheet 2”" in note for note in table.notes)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv.gz", gzipped("text,label\nA fine film,good\nA dull film,bad\n")),
        ("a.json.gz", gzipped(json.dumps(OBJECTS))),
        ("a.parquet.gz", gzipped(parquet(text=[r[0] for r in ROWS], label=[r[1] for r in ROWS]))),
        ("a.xlsx.gz", gzipped(workbook([["text", "label"], *ROWS]))),
        ("a.csv.gz", gzipped("text,label\nA fine film,good\n") + gzipped("A dull film,bad\n")),
    ],
    ids=["csv", "json", "parquet", "xlsx", "two members"],
)
def test_gzip_is_unpacked_around_every_format(read: Read, name: str, content: bytes) -> None:
    table = read(content, name)
    assert rows_of(table) == ROWS
    assert table.notes == ()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.json"])
def test_a_wrong_extension_is_noted_not_fatal(read: Read, name: str) -> None:
    table = read(parquet(text=[r[0] for r in ROWS], label=[r[1] for r in ROWS]), name)
    assert rows_of(table) == ROWS
    assert any("the content is Parquet" in note for note in table.notes)


def test_a_text_that_begins_with_a_bracket_is_no_json(read: Read) -> None:
    table = read("[Verse] la la la\tsong\n[Chorus] oh oh oh\tsong\nDear sir\tletter\n", "a.tsv")
    assert rows_of(table)[0] == ["[Verse] la la la", "song"]


def test_a_file_of_this_machine_is_read_under_its_own_name(tmp_path: Path, limits: Settings) -> None:
    path = tmp_path / "films.csv"
    path.write_text("text,label\nA fine film,good\nA dull film,bad\n")
    table = read_path(path, limits=limits)
    assert (table.name, guess_columns(table).text) == ("films.csv", "text")


def test_a_missing_file_or_a_folder_is_a_data_error(tmp_path: Path, limits: Settings) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(DataError, match="cannot be opened"):
            read_path(path, limits=limits)
