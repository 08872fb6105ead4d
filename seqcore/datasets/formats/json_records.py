"""JSON and JSON Lines as columns: lists of objects, lists of lists, or a dict of columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from seqcore.datasets.cells import cell_text, unique_names
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.formats.registry import Certainty, register
from seqcore.datasets.formats.rows import arrange_rows
from seqcore.datasets.size_limits import MAX_CELLS, MAX_COLUMNS, refuse_large_rectangle, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError
from seqcore.settings import Settings

_EXPECTED = 'Give a list of objects such as [{"text": "...", "label": "..."}], or one object a line'
_OPENINGS = ('{"', '[{"', "[[", "[{}")  # of an object or a list of rows
_KEEP_FEWER = "Keep the texts and labels and try again"
_EXTENSIONS = ("json", "jsonl", "ndjson")


def opens_like_json(content: Content) -> Certainty:
    """Whether a text opens like JSON; a bracket alone may begin any text."""
    if not content.opening.startswith(("{", "[")):
        return Certainty.NONE
    compact = "".join(content.opening.split())
    return Certainty.CERTAIN if content.extension in _EXTENSIONS or compact.startswith(_OPENINGS) else Certainty.LIKELY


@register("json", labels=("JSON", "JSON Lines"), content="JSON", extensions=_EXTENSIONS, recognise=opens_like_json)
def read_json(content: Content, limits: Settings, _read_as: ReadAs) -> RawTable:
    """Columns of a JSON or JSON Lines text; numbers and booleans stay as written.

    Raises:
        DataError: it is no JSON, or no table.
    """
    parts = sum(content.text.count(mark) for mark in "{[,")
    if parts > MAX_CELLS:  # every one becomes an object of fifty bytes or more
        raise DataError("The JSON has too many values", received=f"about {parts:,}", remedy=_KEEP_FEWER)
    try:
        return _read_document_or_lines(content.text, limits)
    except RecursionError:
        raise DataError("The JSON is nested too deeply", remedy=_EXPECTED) from None


def _read_document_or_lines(text: str, limits: Settings) -> RawTable:
    try:
        return _table_in(_parsed(text), limits)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # after the first object
            return _read_lines(text, limits)
        raise DataError(
            "The file is not complete JSON", received=f"{error.msg} at line {error.lineno:,}", remedy=_EXPECTED
        ) from None


def _parsed(text: str) -> Any:
    return json.loads(
        text, parse_int=str, parse_float=str, parse_constant=_unless_nan, object_hook=_booleans_as_written
    )


def _unless_nan(name: str) -> str | None:
    return None if name == "NaN" else name


def _booleans_as_written(item: dict[str, Any]) -> dict[str, Any]:
    """JSON writes booleans in lower case; keep them as written."""
    return {key: _as_written(value) for key, value in item.items()}


def _as_written(value: Any) -> Any:
    return ("true" if value else "false") if isinstance(value, bool) else value


def _read_lines(text: str, limits: Settings) -> RawTable:
    values: list[Any] = []
    numbers: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values.append(_parsed(line))
        except json.JSONDecodeError as error:
            raise DataError(
                f"Line {number:,} is not JSON", received=f"{error.msg}: {line.strip()[:40]!r}", remedy=_EXPECTED
            ) from None
        numbers.append(number)
        _refuse_too_many_items(values, limits, at_least=True)
    return _from_items(values, numbers)


def _table_in(value: Any, limits: Settings) -> RawTable:
    if isinstance(value, list):
        _refuse_too_many_items(value, limits)
        return _from_items(value, range(1, len(value) + 1))
    if isinstance(value, dict):
        return _from_mapping(value, limits)
    raise _no_table(value)


def _from_mapping(value: dict[str, Any], limits: Settings) -> RawTable:
    rows = value.get("data")
    if isinstance(rows, list) and isinstance(value.get("columns"), list) and all(isinstance(r, list) for r in rows):
        refuse_too_many_rows(len(rows), limits)  # pandas orient="split"
        names = [cell_text(name) or "" for name in value["columns"]]
        return _from_items(
            [dict(zip(names, map(_as_written, row), strict=False)) for row in rows], range(1, len(rows) + 1)
        )
    if isinstance(rows, list | dict) and not _is_columns(value):
        return _table_in(rows, limits)
    if _is_columns(value):
        return _from_columns(value, limits)
    inner = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
    if len(inner) == 1:  # {"rows": [...], "count": 3}
        return _table_in(inner[0], limits)
    if value and all(isinstance(item, dict) for item in value.values()):  # pandas orient="index"
        return _table_in(list(value.values()), limits)
    if value and not any(isinstance(item, list | dict) for item in value.values()):  # a single line of JSON Lines
        return _from_items([value], [1])
    raise _no_table(value)


def _is_columns(value: dict[str, Any]) -> bool:
    """Whether it is {"text": [...], "label": [...]} or {"text": {"0": ...}, "label": {"0": ...}}."""
    if len(value) < 2:
        return False
    items = list(value.values())
    if all(isinstance(item, list) for item in items):
        return len({len(item) for item in items}) == 1 and not any(isinstance(cell, dict) for cell in items[0][:1])
    same_keys = all(isinstance(item, dict) and item.keys() == items[0].keys() for item in items)
    return same_keys and all(key.isdigit() for key in items[0])


def _from_columns(value: dict[str, Any], limits: Settings) -> RawTable:
    cells = {key: list(item.values()) if isinstance(item, dict) else item for key, item in value.items()}
    rows = len(next(iter(cells.values())))
    refuse_too_many_rows(rows, limits)
    refuse_large_rectangle(rows, len(cells))
    names, notes = unique_names([cell_text(key) or "" for key in cells])
    columns = {
        name: [cell_text(_as_written(cell)) for cell in column]
        for name, column in zip(names, cells.values(), strict=True)
    }
    return RawTable(columns, range(1, rows + 1), notes)


def _from_items(items: Sequence[Any], numbers: Iterable[int]) -> RawTable:
    where = list(numbers)
    if items and all(isinstance(item, list) for item in items):
        width = max(map(len, items))
        if width > MAX_COLUMNS:
            raise _no_table(list(items))
        return arrange_rows([[cell_text(_as_written(cell)) or "" for cell in item] for item in items], joint=",")
    if not all(isinstance(item, dict) for item in items):
        raise _no_table(list(items))
    return _from_objects(items, where)


def _from_objects(objects: Sequence[dict[str, Any]], numbers: Sequence[int]) -> RawTable:
    """Columns of objects; a key that an object lacks is a missing cell."""
    keys: dict[str, None] = {}
    for item in objects:
        keys.update(dict.fromkeys(item))
        if len(keys) > MAX_COLUMNS:
            raise DataError(f"The objects have more than {MAX_COLUMNS:,} different keys", remedy=_EXPECTED)
    refuse_large_rectangle(len(objects), len(keys))  # an object need not have all keys, the table has all cells
    names, notes = unique_names([cell_text(key) or "" for key in keys])
    columns = {name: [cell_text(item.get(key)) for item in objects] for name, key in zip(names, keys, strict=True)}
    return RawTable(columns, numbers, notes)


def _refuse_too_many_items(items: Sequence[Any], limits: Settings, *, at_least: bool = False) -> None:
    """Among lists, the first may be the header; whether it is one is found out later."""
    maybe_header = bool(items) and isinstance(items[0], list)
    refuse_too_many_rows(len(items) - maybe_header, limits, at_least=at_least)


def _no_table(value: Any) -> DataError:
    what = f"a list of {type(value[0]).__name__}" if isinstance(value, list) and value else f"a {type(value).__name__}"
    return DataError("The JSON is not a table", received=what, remedy=_EXPECTED)
