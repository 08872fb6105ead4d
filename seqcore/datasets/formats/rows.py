"""Rows of cells as named columns: header found, spilled cells joined, short rows filled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import fmean

from seqcore.datasets.cells import unique_names
from seqcore.datasets.column_names import is_known_name
from seqcore.datasets.size_limits import refuse_large_rectangle
from seqcore.datasets.table import RawTable

Row = list[str]
_REAL_COLUMN = 0.5  # an unnamed column filled in at least this share of rows is a column, not spilled text
_ROWS_LOOKED_AT = 500
_USUAL_LABELS = frozenset({
    "positive", "negative", "neutral", "pos", "neg", "spam", "ham", "true", "false", "yes", "no",
    "0", "1", "2", "3", "4", "5", "good", "bad", "toxic",
})  # fmt: skip


def arrange_rows(rows: Sequence[Row], *, joint: str, first_number: int = 1) -> RawTable:
    """Named columns from rows of cells ("" where a cell is empty); blank rows are left out.

    Args:
        rows: Cells of each row, the header among them if there is one.
        joint: What stands between cells that belong together.
        first_number: Number of the first row in the file.

    Raises:
        DataError: the table would be too wide, or have too many cells.
    """
    filled = [(number, _trimmed(row)) for number, row in enumerate(rows, start=first_number)]
    filled = [(number, row) for number, row in filled if row]
    if not filled:
        return RawTable({}, ())
    notes: list[str] = []
    has_header = looks_like_header([row for _, row in filled[:_ROWS_LOOKED_AT]])
    unnamed = 0
    header: Row = []
    if has_header:
        number, header = filled.pop(0)
        unnamed = len(rows[number - first_number]) - len(header)
    if not has_header:
        notes.append("No header row was found; the first row is data")
    body = [row for _, row in filled]
    names = _column_names(header, [len(row) for row in body], body)
    refuse_large_rectangle(len(body), len(names))  # before short rows are filled up to the width
    cells = _fit_rows(body, names, joint, unnamed, notes)
    unique, repeated = unique_names(names)
    columns = {
        name: [cell or None for cell in column]
        for name, column in zip(unique, _transposed(cells, len(unique)), strict=True)
    }
    kept = {name: column for position, (name, column) in enumerate(columns.items()) if names[position] or any(column)}
    return RawTable(kept, [number for number, _ in filled], [*notes, *repeated])


def looks_like_header(rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns.

    It does when a cell is a usual name ("text", "label", ...); it does not when a cell is a number or a class
    that occurs again below.
    """
    first, rest = rows[0], rows[1:]
    cells = [cell.strip() for cell in first]
    if any(is_known_name(cell) for cell in cells):
        return True
    if any(_is_number(cell) or cell.casefold() in _USUAL_LABELS or len(cell) > 60 for cell in cells):
        return False
    if not rest or len(set(cells)) < len(cells):
        return not rest
    for position, cell in enumerate(cells):
        if any(len(row) > position and row[position].strip() == cell for row in rest):
            return False
    return all(len(cell.split()) <= 3 for cell in cells)


def text_position(rows: Sequence[Row], width: int) -> int:
    """Position of the column whose text spilled: the longest that is no column of classes."""
    fitting = [row for row in rows if len(row) <= width][:_ROWS_LOOKED_AT]
    wide = [row for row in rows if len(row) > width][:_ROWS_LOOKED_AT]
    if not fitting:
        return width - 1
    lengths = [fmean([len(row[at]) if len(row) > at else 0 for row in fitting]) for at in range(width)]
    for at, end in ((0, 0), (width - 1, -1)):  # the ends of a wide row are still in their places
        usual = {row[at].strip() for row in fitting if len(row) > at}
        if width > 1 and wide and sum(row[end].strip() in usual for row in wide) > _REAL_COLUMN * len(wide):
            lengths[at] = -1.0
    return max(range(width), key=lengths.__getitem__)


def _column_names(header: Row, lengths: list[int], body: list[Row]) -> list[str]:
    """Names of the real columns, "" where unnamed."""
    common = Counter(lengths).most_common(1)[0] if lengths else (len(header), 0)
    if not header:
        return [""] * common[0]
    names = list(header)
    if common[0] == len(header) + 1 and common[1] > 0.9 * len(lengths):
        # Row names without a heading, as R writes them.
        numbered = all(_is_number(row[0]) for row in body[:_ROWS_LOOKED_AT])
        return ["", *names] if numbered else [*names, ""]
    widest = max([len(names), *lengths])
    while len(names) < widest:  # unnamed columns behind the last name
        reached = sum(length > len(names) for length in lengths)
        if reached < _REAL_COLUMN * len(lengths) or common[0] <= len(names):
            break
        names.append("")
    return names


def _fit_rows(body: list[Row], names: list[str], joint: str, unnamed: int, notes: list[str]) -> list[Row]:
    """Rows of exactly as many cells as names; what spilled over is joined back to the longest column."""
    width = len(names)
    at = text_position(body, width)
    joined, fitted = 0, []
    for row in body:
        extra = len(row) - width
        if extra > 0:
            row = [*row[:at], joint.join(row[at : at + extra + 1]), *row[at + extra + 1 :]]
            joined += 1
        fitted.append(row + [""] * -extra if extra < 0 else row)
    if joined:
        name = names[at] or f"column {at + 1}"
        where = f"{unnamed} unnamed column{'s' * (unnamed > 1)}" if unnamed else "more cells than there are columns"
        notes.append(f"Text spilled into {where} was joined to “{name}” ({joined:,} row{'s' * (joined > 1)})")
    return fitted


def _trimmed(row: Row) -> Row:
    """The row without empty cells at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _transposed(rows: list[Row], width: int) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[-+]?\d+([.,]\d+)?", cell.strip()) is not None
