"""JSON and JSON Lines as columns, in every shape that people export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from seqcore.datasets.cells import cell_text
from seqcore.datasets.formats.class_names import name_classes
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.json_shapes import Rows, rows_in
from seqcore.datasets.formats.json_values import EXPECTED, as_written, parsed_document
from seqcore.datasets.formats.label_lists import table_of_lists
from seqcore.datasets.formats.nested_objects import columns_of
from seqcore.datasets.formats.parts import split_column
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.formats.registry import Certainty, register
from seqcore.datasets.formats.rows import arrange_rows
from seqcore.datasets.size_limits import MAX_COLUMNS
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError
from seqcore.settings import Settings

_OPENINGS = ('{"', '[{"', "[[", "[{}", "{'", "[{'")  # of an object or a list of rows
_EXTENSIONS = ("json", "jsonl", "ndjson")


def opens_like_json(content: Content) -> Certainty:
    """Whether a text opens like JSON; a bracket alone may begin any text."""
    if content.opening.startswith('"') and content.extension in _EXTENSIONS:
        return Certainty.LIKELY  # a text a line
    if not content.opening.startswith(("{", "[")):
        return Certainty.NONE
    compact = "".join(content.opening.split())
    return Certainty.CERTAIN if content.extension in _EXTENSIONS or compact.startswith(_OPENINGS) else Certainty.LIKELY


@register("json", labels=("JSON", "JSON Lines"), content="JSON", extensions=_EXTENSIONS, recognise=opens_like_json)
def read_json(content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    """Columns of a JSON or JSON Lines text; numbers and booleans stay as written.

    Raises:
        DataError: it is no JSON, or no table.
    """
    try:
        value, lines = parsed_document(content.text, limits)
        rows = rows_in(value, limits)
        if rows is None:
            raise _no_table(value)
        if rows.items and isinstance(rows.items[0], list):
            return _from_lists(rows, read_as)
        one_each = lines is not None and len(lines) == len(rows.items)
        return _from_objects(rows, lines if lines and one_each else range(1, len(rows.items) + 1), read_as)
    except RecursionError:
        raise DataError("The JSON is nested too deeply", remedy=EXPECTED) from None


def _from_lists(rows: Rows, read_as: ReadAs) -> RawTable:
    width = max(map(len, rows.items))
    if width > MAX_COLUMNS:
        raise _no_table(rows.items)
    cells = [[cell_text(as_written(cell)) or "" for cell in item] for item in rows.items]
    table = arrange_rows(cells, joint=",", read_as=read_as)
    return _with_parts(table, rows.parts, rows.notes)


def _from_objects(rows: Rows, numbers: Sequence[int], read_as: ReadAs) -> RawTable:
    columns, renamed = columns_of(rows.items, EXPECTED)
    named, said = name_classes(columns, rows.class_names)
    table = table_of_lists(named, range(1, len(rows.items) + 1), [*renamed, *said], read_as)
    return replace(_with_parts(table, rows.parts, rows.notes), numbers=numbers)


def _with_parts(table: RawTable, parts: Sequence[str] | None, notes: Sequence[str]) -> RawTable:
    """The table with a column that says the part of each row; row numbers count the rows of all parts."""
    columns = dict(table.columns)
    if parts:
        columns[split_column(list(columns))] = [parts[number - 1] for number in table.numbers]
    return replace(table, columns=columns, notes=[*notes, *table.notes])


def _no_table(value: Any) -> DataError:
    what = f"a list of {type(value[0]).__name__}" if isinstance(value, list) and value else f"a {type(value).__name__}"
    return DataError("The JSON is not a table", received=what, remedy=EXPECTED)
