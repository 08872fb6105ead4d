"""Rows of cells as named columns: header found, spilled cells joined, short rows filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from seqcore.datasets.cells import unique_names
from seqcore.datasets.column_names import is_known_name
from seqcore.datasets.formats.headers import Header, find_header, is_number
from seqcore.datasets.formats.read_as import AS_FOUND, DELIMITER_NAMES, Alternative, HowRead, ReadAs
from seqcore.datasets.formats.spilled import column_of_text, spills, width_without_header
from seqcore.datasets.size_limits import refuse_large_rectangle
from seqcore.datasets.table import RawTable

Row = list[str]
_REAL_COLUMN = 0.5  # an unnamed column filled in at least this share of rows is a column, not spilled text
_NEARLY_ALL = 0.9
_ROWS_LOOKED_AT = 500


def arrange_rows(
    rows: Sequence[Row], *, joint: str, first_number: int = 1, above: int = 0, read_as: ReadAs = AS_FOUND
) -> RawTable:
    """Named columns from rows of cells ("" where a cell is empty); blank rows are left out.

    Args:
        rows: Cells of each row, the header among them if there is one.
        joint: What stands between cells that belong together.
        first_number: Number of the first row in the file.
        above: How many header rows were taken off before.
        read_as: What a person decided.

    Raises:
        DataError: the table would be too wide, have too many cells, or fewer rows than its header.
    """
    filled = [(number, _trimmed(row)) for number, row in enumerate(rows, start=first_number)]
    filled = [(number, row) for number, row in filled if row]
    if not filled:
        return RawTable({}, ())
    header = find_header([row for _, row in filled], read_as.header)
    unnamed = len(rows[filled[header.rows - 1][0] - first_number]) - len(header.names) if header.rows else 0
    filled, notes = _without_repeated_names(filled[header.rows :], header), list(header.notes)
    body = [row for _, row in filled]
    names = _column_names(header.names, body)
    refuse_large_rectangle(len(body), len(names))  # before short rows are filled up to the width
    cells = _fit_rows(body, names, joint, unnamed, notes)
    unique, repeated = unique_names(names)
    columns = {
        name: [cell or None for cell in column]
        for name, column in zip(unique, _transposed(cells, len(unique)), strict=True)
    }
    kept = {name: column for position, (name, column) in enumerate(columns.items()) if names[position] or any(column)}
    numbers = [number for number, _ in filled]
    return RawTable(kept, numbers, [*notes, *repeated], _how(header, numbers, above, read_as))


def _without_repeated_names(filled: list[tuple[int, Row]], header: Header) -> list[tuple[int, Row]]:
    """The rows without those that name the columns once more, as where files were put one after the other."""
    names = header.names
    if not any(map(is_known_name, names)) or not any(row == names for _, row in filled):
        return filled
    kept = [(number, row) for number, row in filled if row != names]
    again = len(filled) - len(kept)
    header.notes.append(
        f"{again:,} row{'s' * (again > 1)} that name{'s' * (again == 1)} the columns once more "
        f"{'were' if again > 1 else 'was'} left out"
    )
    return kept or filled


def _how(header: Header, numbers: Sequence[int], above: int, read_as: ReadAs) -> HowRead:
    other = Alternative("The first row is data", replace(read_as, header=0))
    if not header.rows:
        other = Alternative("The first row names the columns", replace(read_as, header=1))
    alternatives = () if header.sure or len(numbers) < 2 else (other,)
    first = numbers[0] if numbers else None
    return HowRead(header=header.rows + above, first_row=first, alternatives=alternatives)


def _column_names(header: Row, body: list[Row]) -> list[str]:
    """Names of the real columns, "" where unnamed."""
    lengths = [len(row) for row in body]
    if not header:
        return [""] * (width_without_header(body) if body else 0)
    common = Counter(lengths).most_common(1)[0] if lengths else (len(header), 0)
    names = list(header)
    one_more = common[0] == len(header) + 1 and common[1] > _NEARLY_ALL * len(lengths)
    if one_more and all(is_number(row[0]) for row in body[:_ROWS_LOOKED_AT]):
        return ["", *names]  # row names without a heading, as R writes them
    if max(lengths, default=0) > len(names) and spills(body, names):
        return names
    if one_more:
        return [*names, ""]
    widest = max([len(names), *lengths])
    while len(names) < widest:  # unnamed columns behind the last name
        reached = sum(length > len(names) for length in lengths)
        if reached < _REAL_COLUMN * len(lengths) or common[0] <= len(names):
            break
        names.append("")
    return names


def _fit_rows(body: list[Row], names: list[str], joint: str, unnamed: int, notes: list[str]) -> list[Row]:
    """Rows of exactly as many cells as names; what spilled over is joined back to the column of the text."""
    width = len(names)
    if all(len(row) == width for row in body):
        return body
    at = column_of_text(body, width, names)[0]
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
        rows = f"{joined:,} row{'s' * (joined > 1)}"
        sign = DELIMITER_NAMES.get(joint, repr(joint))
        notes.append(
            f"Text spilled into {where} was joined to “{name}” ({rows}): each {sign} there is part of the text"
        )
    return fitted


def _trimmed(row: Row) -> Row:
    """The row without empty cells at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _transposed(rows: list[Row], width: int) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
