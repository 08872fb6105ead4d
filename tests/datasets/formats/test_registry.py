"""The list of formats: what it holds, what it refuses, and what is made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from seqcore.cli.app import app
from seqcore.datasets import read_table, read_texts
from seqcore.datasets.formats import Certainty, Format, format_labels, formats, get_format, register, registry
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError, OptionError
from seqcore.settings import Settings

LIMITS = Settings()


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Format]:
    """A format of lines that begin with a percent sign, registered for one test."""
    monkeypatch.setattr(registry, "_REGISTRY", dict(registry._REGISTRY))

    @register(
        "toy",
        labels=("Toy",),
        content="a toy",
        extensions=("toy",),
        recognise=lambda content: Certainty.CERTAIN if content.opening.startswith("%") else Certainty.NONE,
    )
    def read_toy(content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
        pairs = [line[1:].split("=", 1) for line in content.text.splitlines()]
        columns: dict[str, list[str | None]] = {
            "text": [text for text, _ in pairs],
            "label": [label for _, label in pairs],
        }
        return RawTable(columns, range(1, len(pairs) + 1))

    yield get_format("toy")


def test_a_format_that_is_added_is_read_and_named_everywhere(toy: Format) -> None:
    table = read_table(b"%a fine film=good\n%a dull film=bad\n", "a.csv", limits=LIMITS)
    assert list(table.frame["label"]) == ["good", "bad"]
    assert table.notes == ("Named .csv, but the content is a toy; read as such",)
    assert format_labels().endswith(" or Toy")
    with pytest.raises(DataError, match=r"CSV, .* or Toy, compressed or not"):
        read_table(b"\x89PNG\r\n", "a.toy", limits=LIMITS)


def test_an_extension_that_a_new_format_takes_is_noted_when_the_content_is_another(toy: Format) -> None:
    table = read_table(b"text,label\na b,x\nc d,y\n", "a.toy", limits=LIMITS)
    assert "Named .toy, but the content is delimited text; read as such" in table.notes


def test_a_name_is_given_once(toy: Format) -> None:
    with pytest.raises(ValueError, match="'toy' is registered twice"):
        register("toy", labels=("Toy",), content="a toy", extensions=(), magic=(b"TOY",))(toy.read)


def test_a_format_that_would_take_every_file_is_not_registered(toy: Format) -> None:
    with pytest.raises(ValueError, match="takes every file"):
        register("any", labels=("Any",), content="anything", extensions=())


def test_an_unknown_name_is_answered_with_those_that_exist() -> None:
    with pytest.raises(OptionError, match="delimited, json, parquet, spreadsheet"):
        get_format("abc")


def test_every_format_says_what_it_is() -> None:
    for found in formats(labelled=False):
        assert found.labels and found.content
        assert all(extension == extension.lower().strip(".") for extension in found.extensions)
        assert found.read.__doc__


def test_what_native_code_reads_is_confined() -> None:
    assert {"parquet", "spreadsheet"} <= {found.name for found in formats() if found.confined and not found.is_text}


def test_what_can_be_read_is_said_in_words() -> None:
    said = re.split(", | or ", format_labels())
    assert said == [label for found in formats() for label in found.labels]
    assert {"CSV", "TSV", "JSON", "JSON Lines", "Parquet", "Excel", "OpenDocument"} <= set(said)
    assert format_labels(labelled=False) == f"text with one text per line, {format_labels()}"


def test_the_command_line_names_every_format() -> None:
    shown = CliRunner().invoke(app, ["train", "--help"], env={"COLUMNS": "300", "TERM": "dumb"}).output
    assert f"{format_labels()}; may be compressed" in " ".join(shown.split())


def test_each_line_of_a_text_file_is_a_text_where_labels_are_not_needed() -> None:
    table = read_texts(b"one, with a comma\n\n[two]; and more\n=three", "texts.txt", limits=LIMITS)
    assert list(table.frame.columns) == ["text"]
    assert list(table.frame["text"]) == ["one, with a comma", None, "[two]; and more", "=three"]
    assert list(table.frame.index) == [1, 2, 3, 4]


def test_where_labels_are_needed_a_text_file_has_columns() -> None:
    assert list(read_table(b"text\tlabel\na\tb\n", "a.txt", limits=LIMITS).frame.columns) == ["text", "label"]


def test_a_table_of_texts_without_labels_is_read_by_its_columns() -> None:
    assert list(read_texts(b"id,text\n1,one\n2,two\n", "a.csv", limits=LIMITS).frame["text"]) == ["one", "two"]


@pytest.mark.parametrize("data", [b" \n \n", b"", b"\xef\xbb\xbf\n"])
def test_a_file_of_empty_lines_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match="The file"):
        read_texts(data, "a.txt", limits=LIMITS)


def test_more_lines_than_allowed_are_refused() -> None:
    with pytest.raises(DataError, match="more than 2 rows"):
        read_texts(b"a\nb\nc\n", "a.txt", limits=LIMITS.model_copy(update={"max_rows": 2}))
