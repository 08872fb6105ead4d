"""Rarer ways to keep a delimiter in a cell: single quotation marks, spaces before a mark, a backslash before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seqcore.datasets.formats.csv_rows import Row, consistency, strict_rows

_ESCAPED_MARK, _ESCAPED_DELIMITER = "\ue022", "\ue02c"  # for private use: they stand in no text
_BACKSLASHES = r"(\\+){mark}"
_NEARLY_ALL = 0.95


def rows_with_escapes(text: str, delimiter: str, most_rows: int, quote: str = '"') -> list[Row] | None:
    r"""The rows where \" is a quotation mark inside a cell; None where none is, or the rest is no CSV."""
    if f"\\{quote}" not in text or _ESCAPED_MARK in text:
        return None

    def without_escape(found: re.Match[str]) -> str:
        pairs, odd = divmod(len(found[1]), 2)
        return "\\" * pairs + (_ESCAPED_MARK if odd else quote)

    plain = re.sub(_BACKSLASHES.format(mark=quote), without_escape, text)
    rows = strict_rows(plain, delimiter, most_rows, quote=quote)
    return rows and [[cell.replace(_ESCAPED_MARK, quote) for cell in row] for row in rows]


def single_quoted_rows(text: str, delimiter: str, most_rows: int, plain: Sequence[Row]) -> list[Row] | None:
    """The rows where single quotation marks stand around cells; None where they are apostrophes.

    Args:
        text: A text without double ones.
        delimiter: What stands between cells.
        most_rows: Rows after which to stop.
        plain: Its rows if they are part of the text.
    """
    if f"'{delimiter}" not in text and f"{delimiter}'" not in text:
        return None
    rows = rows_with_escapes(text, delimiter, most_rows, "'") or strict_rows(text, delimiter, most_rows, quote="'")
    if rows is None or consistency(rows) < 1:
        return None
    return rows if consistency(plain) < 1 or _are_quoted(plain[1:]) else None


def _are_quoted(rows: Sequence[Row]) -> bool:
    """Whether nearly every row has a cell between single quotation marks."""
    quoted = sum(any(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in row) for row in rows)
    return bool(rows) and quoted >= _NEARLY_ALL * len(rows)


def rows_with_spaces(text: str, delimiter: str, most_rows: int, strict: Sequence[Row] | None) -> list[Row] | None:
    """The rows where a space stands between a delimiter and a quotation mark, `"a, b", "c"`; None where none does.

    Args:
        text: The text.
        delimiter: What stands between cells.
        most_rows: Rows after which to stop.
        strict: Its rows with the spaces, if it is CSV so.
    """
    if not re.search(rf'{re.escape(delimiter)} +"', text):
        return None
    if strict is not None and not any(re.match(' +"', cell) for row in strict for cell in row):
        return None  # it stands within cells
    rows = strict_rows(text, delimiter, most_rows, skip_spaces=True)
    even = rows is not None and consistency(rows) == 1  # of unquoted text that spilled, the spaces are wanted
    return rows if even and (strict is None or consistency(strict) <= 1) else None


def hide_escaped_delimiters(text: str, delimiter: str) -> str | None:
    r"""The text with another character for each delimiter behind a backslash; None where there is none."""
    if f"\\{delimiter}" not in text or _ESCAPED_DELIMITER in text:
        return None
    return re.sub(rf"(?<!\\)\\{re.escape(delimiter)}", _ESCAPED_DELIMITER, text)


def show_delimiters(rows: Sequence[Row], delimiter: str) -> list[Row]:
    """The rows with the delimiters that were hidden."""
    return [[cell.replace(_ESCAPED_DELIMITER, delimiter) for cell in row] for row in rows]
