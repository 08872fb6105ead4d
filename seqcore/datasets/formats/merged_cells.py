"""Cells that stand for a whole range: a label merged over its rows, a heading merged over its columns."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from seqcore.datasets.formats.rows import Row
from seqcore.datasets.size_limits import MAX_CELLS

_HEADERS_LOOKED_AT = 10  # rows among which the headings stand
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@dataclass(frozen=True)
class Merged:
    """A merged range: its first and last row and column, from 0, of a sheet."""

    top: int
    left: int
    bottom: int
    right: int


def fill_down(rows: Sequence[Row], merged: Iterable[Merged]) -> list[Row]:
    """The rows with the value of each range in all of its rows, in its first column."""
    filled = [list(row) for row in rows]
    budget = MAX_CELLS  # a file may claim a million ranges of a million rows
    for area in merged:
        if not 0 <= area.top < len(filled) or not 0 <= area.left < len(filled[area.top]):
            continue
        value = filled[area.top][area.left]
        below = filled[area.top + 1 : area.bottom + 1] if value else []
        budget -= len(below)
        if budget < 0:
            break
        for row in below:
            if area.left < len(row) and not row[area.left].strip():
                row[area.left] = value
    return filled


def headings_above(rows: Sequence[Row], merged: Iterable[Merged]) -> tuple[int, Row | None]:
    """How many rows stand above the row of column names, when a heading over several columns says so; and the names.

    A name that stands under several headings ("Score" of "Film" and "Score" of "Cinema") is told apart by them.
    A cell over all columns is a title, no heading.
    """
    wide = [area for area in merged if area.top == area.bottom < _HEADERS_LOOKED_AT and area.right > area.left]
    for at in sorted({area.top for area in wide}, reverse=True):
        if not 0 <= at < len(rows) - 2:
            continue
        areas = [area for area in wide if area.top == at]
        names = rows[at + 1]
        width = sum(bool(cell.strip()) for cell in names)
        named = all(all(cell.strip() for cell in names[area.left : area.right + 1]) for area in areas)
        title = any(area.right - area.left + 1 >= max(width, 2) for area in areas)
        if named and width > 1 and not title:
            return at + 1, _told_apart(names, rows[at], areas)
    return 0, None


def _told_apart(names: Row, headings: Row, areas: Sequence[Merged]) -> Row:
    copies = Counter(name.strip() for name in names)
    above = list(headings) + [""] * (len(names) - len(headings))
    for area in areas:
        for column in range(area.left, min(area.right + 1, len(names))):
            above[column] = above[area.left]
    return [
        f"{heading.strip()} {name.strip()}".strip() if copies[name.strip()] > 1 else name
        for name, heading in zip(names, above, strict=False)
    ]


def merged_in_opendocument(content: bytes) -> dict[str, list[Merged]]:
    """The merged ranges of each sheet, by its name, of the part "content.xml".

    Raises:
        ElementTree.ParseError: it is no XML.
    """
    if b"-spanned=" not in content or b"<!DOCTYPE" in content[:1000]:
        return {}
    found: dict[str, list[Merged]] = {}
    row = 0
    for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            areas, row = found.setdefault(element.get(f"{_TABLE}name", ""), []), 0
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            if found:
                areas.extend(_in_row(element, row))
            row += _count(element, "number-rows-repeated")
            element.clear()
    return found


def _in_row(element: ElementTree.Element, row: int) -> Iterator[Merged]:
    column = 0
    for cell in element:
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if rows > 1 or columns > 1:
            yield Merged(row, column, row + rows - 1, column + columns - 1)
        column += _count(cell, "number-columns-repeated")


def _count(element: ElementTree.Element, name: str) -> int:
    said = element.get(f"{_TABLE}{name}", "1")
    return int(said) if said.isdecimal() and len(said) < 9 else 1
