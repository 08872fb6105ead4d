"""A file as a table of strings, before anybody has said which column is the text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seqcore.errors import DataError
from seqcore.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.datasets.formats.rows import Arranged

MEGABYTE = 1024 * 1024
MAX_COLUMNS = 1000
MAX_CELLS = 20_000_000  # laid out as a full rectangle in memory, however few are filled
_LONGEST_NAME = 80
_LONGEST_COLUMN_NAME = 100


@dataclass(frozen=True)
class Table:
    """A file that was read.

    Attributes:
        name: Display name: no folder, no markup, no control characters.
        frame: One row a record; dtype object, each cell a string as the user wrote it or None; column names
            are unique and not empty; the index is the row number in the file (the header of a sheet is row 1).
        notes: What was found and repaired, one sentence each.
    """

    name: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()


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


def make_table(name: str, arranged: Arranged, notes: Sequence[str], *, limits: Settings) -> Table:
    """The table of what a reader found.

    Raises:
        DataError: no rows, too many rows, columns or characters.
    """
    import pandas as pd

    rows = len(arranged.numbers)
    if not rows or not arranged.columns:
        raise DataError(
            "The file has no rows of data",
            received=f"only {', '.join(map(repr, arranged.columns))[:200]}" if arranged.columns else "nothing to read",
            remedy="Give it one row a text, with a text column and a label column",
        )
    refuse_too_many_rows(rows, limits)
    refuse_large_rectangle(rows, len(arranged.columns))
    refuse_too_many_characters(arranged.columns, limits)
    frame = pd.DataFrame(dict(arranged.columns), index=list(arranged.numbers), dtype=object)
    return Table(name, frame, (*notes, *arranged.notes))


def refuse_too_many_rows(rows: int, limits: Settings, *, at_least: bool = False) -> None:
    """Raise a DataError when there are more rows than the settings allow."""
    if rows > limits.max_rows:
        raise DataError(
            f"The file has more than {limits.max_rows:,} rows",
            received="more" if at_least else f"{rows:,}",
            remedy="Upload a smaller part of it, or raise SEQLAB_MAX_ROWS",
        )


def refuse_large_rectangle(rows: int, columns: int) -> None:
    """Raise a DataError before so many columns, or so many cells, are laid out."""
    if columns > MAX_COLUMNS:
        raise DataError(
            f"The file has more than {MAX_COLUMNS:,} columns",
            received=f"{columns:,}",
            remedy="Keep the text and label columns and try again",
        )
    if rows * columns > MAX_CELLS:
        raise DataError(
            f"The table has more than {MAX_CELLS:,} cells",
            received=f"{rows:,} rows by {columns:,} columns",
            remedy="Keep the text and label columns and try again",
        )


def unique_names(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Column names made unique and not empty, with a note on what was renamed."""
    taken: set[str] = set()
    copies: dict[str, int] = {}  # where to go on counting: a name repeated a million times is no million squared
    result: list[str] = []
    repeated: list[str] = []
    for position, raw in enumerate(names, start=1):
        wanted = " ".join(raw.split())[:_LONGEST_COLUMN_NAME] or f"column {position}"
        name, copy = wanted, copies.get(wanted, 2)
        while name in taken:
            name, copy = f"{wanted} ({copy})", copy + 1
        if name != wanted:
            copies[wanted] = copy
            repeated.append(name)
        taken.add(name)
        result.append(name)
    shown = ", ".join(f"“{name}”" for name in repeated[:5]) + (", …" if len(repeated) > 5 else "")
    return result, ([f"Repeated column names were numbered: {shown}"] if repeated else [])


def cell_text(value: object) -> str | None:
    """A value of any type as the user would write it; None where missing.

    Whole floats lose their ".0": a column of integers with a gap becomes floats in Parquet and Excel.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return clean_cell(value)
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, bytes):
        return clean_cell(value.decode("utf-8", "replace"))
    if isinstance(value, list | tuple) and value and all(isinstance(part, str) for part in value):
        return clean_cell(" ".join(value))
    if isinstance(value, list | tuple | dict):
        return _json_text(value)
    return clean_cell(str(value))


def clean_cell(text: str) -> str | None:
    """The cell without NUL characters and lone surrogates; None when nothing stands in it."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    if "\0" in text:
        text = text.replace("\0", "")
    return text or None


def _number_text(value: float) -> str | None:
    if math.isnan(value):
        return None
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else str(value)


def _json_text(value: object) -> str | None:
    import json

    return clean_cell(json.dumps(value, ensure_ascii=False, default=str))


def refuse_too_many_characters(columns: Mapping[str, Sequence[str | None]], limits: Settings) -> None:
    """Raise a DataError when the cells together are longer than the settings allow."""
    characters = sum(len(cell) for cells in columns.values() for cell in cells if cell)
    if characters > limits.max_file_mb * MEGABYTE:
        raise DataError(
            f"The file holds more than {limits.max_file_mb} million characters",
            received=f"{characters / 1e6:,.0f} million",
            remedy="Upload a smaller part of it, or raise SEQLAB_MAX_FILE_MB",
        )
