"""JSON text as values: what it says, as it is written, in bounds."""

from __future__ import annotations

import json
import re
from typing import Any

from seqcore.datasets.size_limits import MAX_CELLS, refuse_too_many_rows
from seqcore.errors import DataError
from seqcore.settings import Settings

EXPECTED = 'Give a list of objects such as [{"text": "...", "label": "..."}], or one object per line'
_MOST_KEYS = 1_000_000  # of one object; where rows are keys, as many as there may be rows
_KEEP_FEWER = "Keep the texts and labels and try again"
_BLANK = re.compile(r"\s*")


def parsed_document(text: str, limits: Settings) -> tuple[Any, list[int] | None]:
    """The value of a JSON text; of JSON Lines the list of all, with their line numbers.

    Numbers and booleans are strings, as written; null and NaN are None.

    Raises:
        DataError: it is no JSON, has too many values, or more lines than the settings allow.
        RecursionError: it is nested too deeply.
    """
    parts = sum(text.count(mark) for mark in "{[,")
    if parts > MAX_CELLS:  # every one becomes an object of fifty bytes or more
        raise DataError("The JSON has too many values", received=f"about {parts:,}", remedy=_KEEP_FEWER)
    _refuse_a_giant_object(text, limits)
    try:
        return parsed(text), None
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # after the first object
            return _parsed_lines(text, limits)
        raise DataError(
            "The file is not complete JSON", received=f"{error.msg} at line {error.lineno:,}", remedy=EXPECTED
        ) from None


def _refuse_a_giant_object(text: str, limits: Settings) -> None:
    """Raise a DataError where one of the objects must have too many keys, before any of them is made.

    Were the keys shared out evenly, each object would have as many as there are keys to one; some object has no fewer.
    A quotation mark in a string is written with a backslash; what is counted beside keys are strings that begin with a
    colon, and a million of those is no table either.
    """
    keys, objects = text.count('":') - text.count('\\":'), text.count("{")
    most = max(_MOST_KEYS, limits.max_rows)
    if keys > most * max(objects, 1):
        raise DataError(
            f"An object of the JSON has more than {most:,} keys", received=f"about {keys:,}", remedy=_KEEP_FEWER
        )


def parsed(text: str) -> Any:
    """The value of a JSON text, numbers and booleans as they are written."""
    return _DECODER.decode(text)


def as_written(value: Any) -> Any:
    """JSON writes booleans in lower case; keep them as written."""
    return ("true" if value else "false") if isinstance(value, bool) else value


def _parsed_lines(text: str, limits: Settings) -> tuple[list[Any], list[int]]:
    values: list[Any] = []
    numbers: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values.append(parsed(line))
        except json.JSONDecodeError as error:
            if not values:  # the first object goes on in the next line
                return _parsed_one_after_the_other(text, limits)
            raise DataError(
                f"Line {number:,} is not JSON", received=f"{error.msg}: {line.strip()[:40]!r}", remedy=EXPECTED
            ) from None
        numbers.append(number)
        _refuse_too_many(values, limits)
    return values, numbers


def _parsed_one_after_the_other(text: str, limits: Settings) -> tuple[list[Any], list[int]]:
    """Values of several lines each, with nothing between them but white space, as some programs append them."""
    values: list[Any] = []
    numbers: list[int] = []
    at, line = 0, 1
    while at < len(text):
        begin = _BLANK.match(text, at).end()  # type: ignore[union-attr]  # matches anywhere, if only nothing
        line += text.count("\n", at, begin)
        if begin == len(text):
            break
        at = begin
        try:
            value, end = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise DataError(
                "The file is not complete JSON", received=f"{error.msg} at line {error.lineno:,}", remedy=EXPECTED
            ) from None
        values.append(value)
        numbers.append(line)
        _refuse_too_many(values, limits)
        line += text.count("\n", at, end)
        at = end
    return values, numbers


def _refuse_too_many(values: list[Any], limits: Settings) -> None:
    """Among lists, the first may be the header; whether it is one is found out later."""
    refuse_too_many_rows(len(values) - isinstance(values[0], list), limits, at_least=True)


def _unless_nan(name: str) -> str | None:
    return None if name == "NaN" else name


def _booleans_as_written(item: dict[str, Any]) -> dict[str, Any]:
    return {key: as_written(value) for key, value in item.items()}


_DECODER = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=_unless_nan, object_hook=_booleans_as_written
)
