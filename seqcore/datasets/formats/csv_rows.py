"""Rows of cells as the csv module reads them, and how even they are."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

Row = list[str]

_PIECE = 1_000_000  # characters
_LONGEST_FIELD = 2**31 - 1  # the csv module's own limit, 131,072, is shorter than some reviews


def csv_rows(
    text: str, delimiter: str, *, quote: str = '"', strict: bool = False, skip_spaces: bool = False
) -> Iterator[Row]:
    """Rows of CSV; line ends inside quotes are kept.

    Args:
        text: The text.
        delimiter: What stands between cells.
        quote: What stands around cells; "" for nothing.
        strict: Whether a quotation mark in the wrong place is an error.
        skip_spaces: Whether spaces behind a delimiter belong to no cell.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    lines = _lines(text)
    if not quote:
        return csv.reader(lines, delimiter=delimiter, strict=strict, quoting=csv.QUOTE_NONE)
    return csv.reader(lines, delimiter=delimiter, strict=strict, quotechar=quote, skipinitialspace=skip_spaces)


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, a piece of the text at a time: `StringIO` takes four bytes for every character."""
    at = 0
    while at < len(text):
        end = text.find("\n", at + _PIECE) + 1 or len(text)
        yield from io.StringIO(text[at:end], newline="")
        at = end


def first_rows(reader: Iterable[Row], most_rows: int) -> list[Row]:
    """So many rows at most."""
    return list(islice(reader, most_rows))


def strict_rows(
    text: str, delimiter: str, most_rows: int, *, quote: str = '"', skip_spaces: bool = False
) -> list[Row] | None:
    """The rows of sound CSV; None for anything else."""
    try:
        reader = csv_rows(text, delimiter, quote=quote, strict=True, skip_spaces=skip_spaces)
        return first_rows(reader, most_rows)
    except csv.Error:
        return None


def consistency(rows: Iterable[Row]) -> float:
    """Share of rows that have the most common width of two or more."""
    widths = Counter(len(row) for row in rows if row)
    wide = {width: count for width, count in widths.items() if width > 1}
    return max(wide.values(), default=0) / widths.total() if widths else 0.0
