"""Names of files, sheets and keys that say which part of a split they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seqcore.datasets.column_names import SPLIT_NAMES, plain_name

SPLIT_COLUMN = "split"


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
