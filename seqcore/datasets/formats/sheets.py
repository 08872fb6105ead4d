"""Which sheet of a workbook holds the data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seqcore.datasets.column_names import LABEL_NAMES, TEXT_NAMES, plain_name
from seqcore.datasets.formats.merged_cells import Merged
from seqcore.datasets.formats.rows import Row
from seqcore.errors import DataError

MOST_SHEETS = 100
_ROWS_LOOKED_AT = 10  # for a header
_ABOUT_DATA = re.compile(
    r"read\W?me|info|about|legend|glossary|codebook|code\W?list|dictionary|instruction|notes?\b|metadata|changelog"
    r"|cover|licen[cs]e|lies\W?mich|legende|hinweis|leyenda|légende",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sheet:
    """A sheet with something in it.

    Attributes:
        name: Its name.
        first_number: Number of its first row, from 1.
        rows: Its cells, "" where one is empty.
        merged: Its merged ranges, counted from the first row and column that are here.
    """

    name: str
    first_number: int
    rows: list[Row]
    merged: tuple[Merged, ...] = ()

    @property
    def table_rows(self) -> int:
        """How many rows have two cells or more."""
        return sum(sum(map(bool, row)) > 1 for row in self.rows)


def tables_among(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that have a table, in their order.

    Raises:
        DataError: none has.
    """
    found = [sheet for sheet in sheets if sheet.table_rows]
    if not found:
        raise DataError(
            "No sheet has a table",
            received="sheets of fewer than two columns",
            remedy="Add a text column and a label column",
        )
    return found


def choose_sheet(sheets: Sequence[Sheet], wanted: str | None) -> Sheet:
    """The sheet that a person wants, else the likeliest: not about the data, with usual column names, with most rows.

    Raises:
        DataError: there is no sheet of that name.
    """
    if wanted is None:
        return max(sheets, key=lambda sheet: (not is_about_data(sheet.name), _names_both(sheet), sheet.table_rows))
    by_name: Mapping[str, Sheet] = {sheet.name.strip().casefold(): sheet for sheet in sheets}
    chosen = by_name.get(wanted.strip().casefold())
    if chosen is None:
        names = ", ".join(f"“{sheet.name[:40]}”" for sheet in sheets[:20])
        raise DataError(f"There is no sheet “{wanted[:40]}” with a table", remedy=f"Choose from: {names}")
    return chosen


def is_about_data(name: str) -> bool:
    """Whether a sheet of that name explains the data of another."""
    return _ABOUT_DATA.search(name) is not None


def _names_both(sheet: Sheet) -> bool:
    """Whether a row near the top has the usual name of a text column and that of a label column."""
    for row in sheet.rows[:_ROWS_LOOKED_AT]:
        names = {plain_name(cell) for cell in row if len(cell) <= 40}
        if names & set(TEXT_NAMES) and names & set(LABEL_NAMES):
            return True
    return False
