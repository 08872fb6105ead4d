"""What else a file says of its rows: columns that are neither text nor label, kept to look at parts of the test by."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from seqcore.datasets.columns import Columns
from seqcore.datasets.evidence import EVIDENCE, names_places
from seqcore.datasets.table import Table
from seqcore.datasets.usable_rows import TEST_FILE, Row

MOST_COLUMNS = 20
_MOST_VALUES = 50  # of a column of words; more of them would each have hardly a row
_CHARACTERS = 80  # kept of a cell
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)

Kept = tuple[tuple[str, tuple[str, ...]], ...]


def other_columns(table: Table, test: Table | None, rows: Sequence[Row], columns: Columns) -> Kept:
    """Name and cells of each column that tells rows apart without naming each of them; "" where nothing stands.

    The column that says which words matter is kept whole, see `evidence`.

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
        say = _whole if _is_evidence(table, name) else _said
        if say is _whole or _tells_apart([_said(cell) for cell in table.frame[name]]):
            cells = _by_row(table, name, say)
            of_test = {} if test is None or name not in test.frame.columns else _by_row(test, name, say)
            kept.append(
                (name, tuple((of_test if row.place == TEST_FILE else cells).get(row.number, "") for row in rows))
            )
    return tuple(kept)


def numbers_of(values: Sequence[str]) -> list[float] | None:
    """The values as numbers; None where one of them is none."""
    if not all(_NUMBER.fullmatch(value) for value in values):
        return None
    return [float(value) for value in values]


def _is_evidence(table: Table, name: str) -> bool:
    return name == EVIDENCE and names_places([_whole(cell) for cell in table.frame[name]])


def _by_row(table: Table, name: str, say: Callable[[str | None], str]) -> dict[int, str]:
    return {int(row): say(cell) for row, cell in zip(table.frame.index, table.frame[name], strict=True)}


def _whole(cell: str | None) -> str:
    return " ".join((cell or "").split())


def _said(cell: str | None) -> str:
    return (cell or "").strip()[:_CHARACTERS]


def _tells_apart(values: Sequence[str]) -> bool:
    """Whether it has a few values, or numbers that are not all different: those would count or name the rows."""
    said = [value for value in values if value]
    distinct = set(said)
    if len(distinct) < 2 or len(distinct) == len(values):
        return False
    return len(distinct) <= _MOST_VALUES or all(map(_NUMBER.fullmatch, distinct))
