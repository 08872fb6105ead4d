"""How large a stored data set is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seqcore.errors import DataError
from seqcore.kinds import get_kind
from seqcore.ui.kit.phrases import count

if TYPE_CHECKING:
    from seqcore.store import Dataset


def examples_of(dataset: Dataset) -> str:
    """How many examples it has, called as their kind calls them: "1,234 texts"."""
    try:
        kind = get_kind(dataset.kind)
    except DataError:  # stored by a version that knew more kinds; a list of data sets still names it
        return count(dataset.rows, "example")
    return count(dataset.rows, kind.example, kind.examples)


def classes_of(dataset: Dataset) -> str:
    """How many classes it has: "2 classes"."""
    return count(len(dataset.classes), "class", "classes")
