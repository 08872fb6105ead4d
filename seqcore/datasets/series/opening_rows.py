"""The first rows of delimited numbers: what stands between them, and whether the first names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from seqcore.datasets.cells import unique_names
from seqcore.datasets.column_names import is_known_name
from seqcore.datasets.series.number_cells import has_decimal_comma, is_missing, is_number

_DELIMITERS = ("\t", ";", ",", "|")
_LINES, _CHARACTERS = 200, 1_000_000


@dataclass(frozen=True)
class OpeningRows:
    """How a text of numbers is laid out, and its first rows.

    Attributes:
        names: Of the columns, unique and not empty; "1", "2", ... where no row names them.
        rows: Cells of the first rows of data.
        delimiter: The character between cells; " " for any white space.
        header: Whether the first row names the columns.
        decimal: The sign before the digits behind the point.
        notes: What was repaired.
    """

    names: tuple[str, ...]
    rows: list[list[str]]
    delimiter: str
    header: bool
    decimal: str = "."
    notes: tuple[str, ...] = ()

    def column(self, place: int) -> list[str | None]:
        """The cells of a column, with a point before decimals."""
        cells = [row[place] if place < len(row) else None for row in self.rows]
        if self.decimal == ".":
            return list(cells)
        return [cell.replace(",", ".") if cell is not None and has_decimal_comma(cell) else cell for cell in cells]


def opening_rows(text: str, header: bool | None = None) -> OpeningRows | None:
    """The first rows of delimited text; None where no line has two cells.

    Args:
        text: The text, or its beginning.
        header: Whether the first row names the columns, where a person said so.
    """
    lines = [line for line in text[:_CHARACTERS].split("\n", _LINES)[:_LINES] if line.strip()]
    if len(text) > _CHARACTERS and len(lines) > 1:
        lines.pop()
    delimiter = _delimiter(lines)
    if delimiter is None:
        return None
    rows = [row for row in _cells(lines, delimiter) if any(cell.strip() for cell in row)]
    if not rows:
        return None
    named = _names_columns(rows) if header is None else header
    width = max(map(len, rows))
    first = [cell.strip() for cell in rows[0]] if named else []
    filled = first + [""] * (width - len(first))
    numbered = [name or str(place + 1) for place, name in enumerate(filled)]
    names, notes = unique_names(numbered)
    body = rows[1:] if named else rows
    decimal = "," if delimiter != "," and any(has_decimal_comma(cell) for row in body[:20] for cell in row) else "."
    return OpeningRows(tuple(names), body, delimiter, named, decimal, tuple(notes))


def _delimiter(lines: Sequence[str]) -> str | None:
    """The one that most lines have most evenly; white space where there is no other."""
    looked_at = lines[:50]
    best: tuple[float, str] | None = None
    for sign in _DELIMITERS:
        counts = [line.count(sign) for line in looked_at]
        having = sum(count > 0 for count in counts)
        if having > 0.9 * len(counts):
            middle = sorted(counts)[len(counts) // 2]
            even = sum(count == middle for count in counts) / len(counts)
            score = (even >= 0.5) + (sign != ",") * 0.5 + even  # "1,5;2,5" has more commas than semicolons
            best = max(best or (0.0, ""), (score, sign))
    if best is not None:
        return best[1]
    spaced = [len(line.split()) for line in looked_at]
    return " " if spaced and min(spaced) > 1 and len(set(spaced)) <= 2 else None


def _cells(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    if delimiter == " ":
        return [line.split() for line in lines]
    try:
        return list(csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def _names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is no data: hardly a number stands in it, or it counts the columns."""
    first = [cell.strip() for cell in rows[0]]
    there = [cell for cell in first if not is_missing(cell)]
    numbers = [cell for cell in there if is_number(cell)]
    if not numbers:
        others = [cell for row in rows[1:6] for cell in row if not is_missing(cell)]
        return any(map(is_number, others)) or len(rows) == 1 or any(map(is_known_name, there))
    if len(numbers) <= 0.2 * len(there):
        return True
    if len(numbers) >= 3 and len(numbers) < len(there) <= len(numbers) + 4 and all(cell.isdigit() for cell in numbers):
        counted = [int(cell) for cell in numbers]
        return counted[0] in (0, 1) and all(later - earlier == 1 for earlier, later in pairwise(counted))
    return False
