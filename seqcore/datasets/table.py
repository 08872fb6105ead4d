"""A file as a table of strings, before anybody has said which column is the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seqcore.datasets.size_limits import (
    refuse_large_rectangle,
    refuse_too_many_characters,
    refuse_too_many_rows,
)
from seqcore.errors import DataError
from seqcore.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.datasets.formats.read_as import HowRead

_LONGEST_NAME = 80


def _nothing_said() -> HowRead:
    from seqcore.datasets.formats.read_as import HowRead  # its neighbours, the readers, import this file

    return HowRead()


@dataclass(frozen=True)
class RawTable:
    """What a reader finds in a file, before it has a name and has been held to the limits.

    Attributes:
        columns: Cells by column name; as many in each as there are row numbers.
        numbers: Row numbers in the file, from 1.
        notes: What was found and repaired, one sentence each.
        how: What was used to read it and what else was possible; the encoding of a text is filled in later.
    """

    columns: Mapping[str, Sequence[str | None]]
    numbers: Sequence[int]
    notes: list[str] = field(default_factory=list)
    how: HowRead = field(default_factory=_nothing_said)


@dataclass(frozen=True)
class Table:
    """A file that was read.

    Attributes:
        name: Display name: no folder, no markup, no control characters.
        frame: One row a record; dtype object, each cell a string as the user wrote it or None; column names
            are unique and not empty; the index is the row number in the file (the header of a sheet is row 1).
        notes: What was found and repaired, one sentence each.
        how: What was used to read the file and what else was possible.
    """

    name: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()
    how: HowRead = field(default_factory=_nothing_said)


def count_of_rows(number: int) -> str:
    """A number of rows, in words: "1 row", "1,234 rows"."""
    return "1 row" if number == 1 else f"{number:,} rows"


def safe_name(name: str) -> str:
    """A display name that is safe as a file name, in HTML and on a terminal.

    Example:
        >>> safe_name("../../<img src=x>.csv")
        'img src x .csv'
    """
    last = re.split(r"[/\\]", name.strip().rstrip("/\\"))[-1]
    visible = "".join(
        c if c.isalnum() or unicodedata.category(c)[0] in "MN" or c in " ._-()+,&#" else " " for c in last
    )
    visible = re.sub(r"[&#]", "_", visible)
    visible = re.sub(r"\s+", " ", visible).strip(" .")
    if len(visible) > _LONGEST_NAME:
        stem, dot, extension = visible.rpartition(".")
        tail = dot + extension if stem and len(extension) <= 10 else ""
        visible = visible[: _LONGEST_NAME - len(tail)].rstrip() + tail
    return visible or "data"


def make_table(name: str, found: RawTable, notes: Sequence[str], *, limits: Settings) -> Table:
    """The table of what a reader found.

    Raises:
        DataError: no rows, too many rows, columns or characters.
    """
    import pandas as pd

    rows = len(found.numbers)
    if not rows or not found.columns:
        raise DataError(
            "The file has no rows of data",
            received=f"only {', '.join(map(repr, found.columns))[:200]}" if found.columns else "nothing to read",
            remedy="Give it one row per text, with a text column and a label column",
        )
    refuse_too_many_rows(rows, limits)
    refuse_large_rectangle(rows, len(found.columns))
    refuse_too_many_characters(found.columns, limits)
    frame = pd.DataFrame(dict(found.columns), index=list(found.numbers), dtype=object)
    return Table(name, frame, (*notes, *found.notes), found.how)
