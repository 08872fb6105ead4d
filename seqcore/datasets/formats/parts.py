"""Names of files, sheets and keys that say which part of a split they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from seqcore.datasets.column_names import SPLIT_NAMES, plain_name
from seqcore.datasets.table import RawTable

SPLIT_COLUMN = "split"


@lru_cache(maxsize=1000)  # an archive has few folders and many files
def part_of_name(name: str) -> str | None:
    """The part that a name says: "train" for "train.csv", "sms_train-00000-of-00001" and "oos_train"; None for none.

    A name that says two parts ("train_test") says none.
    """
    words = re.split(r"[\W_\d]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower())
    found = {SPLIT_NAMES[word] for word in words if word in SPLIT_NAMES}
    return found.pop() if len(found) == 1 else SPLIT_NAMES.get(plain_name(name))


def parts_of_names(names: Sequence[str]) -> list[str] | None:
    """The part of each name when every one says one and together they are a split; else None."""
    parts = [part for name in names if (part := part_of_name(name))]
    split = len(parts) == len(names) and "train" in parts and len(set(parts)) > 1
    return parts if split else None


def split_column(taken: Sequence[str]) -> str:
    """A name for the column that says the part, which no other column has."""
    name = SPLIT_COLUMN
    while name in taken:
        name += "_"
    return name


def join_parts(tables: Sequence[RawTable], parts: Sequence[str]) -> RawTable | None:
    """One table of several with the same columns, and a column that says the part of each row.

    Rows are numbered through. None when the tables have not the same columns.
    """
    first = tables[0]
    if any(set(table.columns) != set(first.columns) for table in tables):
        return None
    columns: dict[str, list[str | None]] = {
        name: [cell for table in tables for cell in table.columns[name]] for name in first.columns
    }
    columns[split_column(list(columns))] = [
        part for table, part in zip(tables, parts, strict=True) for _ in table.numbers
    ]
    notes = list(dict.fromkeys(note for table in tables for note in table.notes))
    rows = sum(len(table.numbers) for table in tables)
    return replace(first, columns=columns, numbers=range(1, rows + 1), notes=notes)


def in_quotes(names: Sequence[str], most: int = 5) -> str:
    """Names for a sentence: “a”, “b” and 3 more."""
    shown = [f"“{name[:40]}”" for name in names[:most]]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most:,} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
