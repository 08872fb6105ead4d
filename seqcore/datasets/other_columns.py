"""What else a file says of its rows: columns that are neither text nor label, kept to look at parts of the test by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seqcore.datasets.columns import Columns
from seqcore.datasets.table import Table
from seqcore.datasets.usable_rows import TEST_FILE, Row

MOST_COLUMNS = 20
_MOST_VALUES = 50  # of a column of words; more of them would each have hardly a row
_CHARACTERS = 80  # kept of a cell
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)

Kept = tuple[tuple[str, tuple[str, ...]], ...]


def other_columns(table: Table, test: Table | None, rows: Sequence[Row], columns: Columns) -> Kept:
    """Name and cells of each column that tells rows apart without naming each of them; "" where nothing stands.

    Args:
        table: The file.
        test: The test file, where there is one.
        rows: Those that are kept of both.
        columns: What is text, label and split.
    """
    used = {*columns.texts, columns.label, columns.split}
    kept: list[tuple[str, tuple[str, ...]]] = []
    for name in (str(name) for name in table.frame.columns if name not in used):
        if len(kept) == MOST_COLUMNS:
            break
        if _tells_apart([_said(cell) for cell in table.frame[name]]):
            cells = _by_row(table, name)
            of_test = {} if test is None or name not in test.frame.columns else _by_row(test, name)
            kept.append(
                (name, tuple((of_test if row.place == TEST_FILE else cells).get(row.number, "") for row in rows))
            )
    return tuple(kept)


def numbers_of(values: Sequence[str]) -> list[float] | None:
    """The values as numbers; None where one of them is none."""
    if not all(_NUMBER.fullmatch(value) for value in values):
        return None
    return [float(value) for value in values]


def _by_row(table: Table, name: str) -> dict[int, str]:
    return {int(row): _said(cell) for row, cell in zip(table.frame.index, table.frame[name], strict=True)}


def _said(cell: str | None) -> str:
    return (cell or "").strip()[:_CHARACTERS]


def _tells_apart(values: Sequence[str]) -> bool:
    """Whether it has a few values, or numbers that are not all different: those would count or name the rows."""
    said = [value for value in values if value]
    distinct = set(said)
    if len(distinct) < 2 or len(distinct) == len(values):
        return False
    return len(distinct) <= _MOST_VALUES or all(map(_NUMBER.fullmatch, distinct))
