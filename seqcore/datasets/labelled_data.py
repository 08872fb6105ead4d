"""Examples with their labels, of whatever kind: what every data set has in common."""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from seqcore.errors import DataError

if TYPE_CHECKING:
    from seqcore.datasets.reading import Reading

Rows = npt.NDArray[np.int64]
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Dropped:
    """Rows that were left out.

    Attributes:
        reason: Why, as a short phrase.
        count: How many.
        rows: Row numbers in the file of the first few.
    """

    reason: str
    count: int
    rows: tuple[int, ...] = ()


class LabelledData(ABC):
    """What models learn from. A subclass is a frozen dataclass with the fields below and the examples themselves.

    Attributes:
        kind: Name of the kind of data, see `seqcore.kinds`.
        name: Display name.
        labels: The label of each example, in its commonest spelling.
        given_split: "train", "validation" or "test" of each row when the user brought a split, else None.
        dropped: What was left out, and why.
        notes: What was found and repaired.
    """

    kind: ClassVar[str]
    _in_content: ClassVar[frozenset[str]] = frozenset()  # fields that the content hash names
    name: str
    labels: tuple[str, ...]
    given_split: tuple[str, ...] | None
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]

    @property
    @abstractmethod
    def examples(self) -> Sequence[Any]:
        """The examples, in the order of the labels."""

    @property
    @abstractmethod
    def content_hash(self) -> str:
        """Sixteen hexadecimal digits that name examples, labels and split."""

    @cached_property
    def account(self) -> str:
        """Sixteen hexadecimal digits that name all that is told of the data beside what the content hash names."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}  # type: ignore[arg-type]
        beside = sorted((name, value) for name, value in told.items() if name not in self._in_content)
        return hashlib.sha256(repr(beside).encode("utf-8", "backslashreplace")).hexdigest()[:16]

    @abstractmethod
    def keys(self) -> Sequence[Hashable]:
        """One key an example, equal for identical ones."""

    @cached_property
    def near_groups(self) -> Rows:
        """For each row the first one that says the same, (rows,); of a kind that knows no likeness, the identical."""
        from seqcore.datasets.twins import first_of_identical

        return first_of_identical(self.keys())

    def number(self, row: int) -> int:
        """The number of a row as people count: that in its file where it has one, else its place from 1."""
        return row + 1

    @property
    def reading(self) -> Reading | None:
        """What was made of the file that the examples come from, where that is kept."""
        return None

    @property
    def other_columns(self) -> Mapping[str, tuple[str, ...]]:
        """What else is known of each row, by the name of the column; "" where nothing is."""
        return {}

    @abstractmethod
    def summary(self, row: int) -> str:
        """What stands for an example in lists: for a text, the text."""

    @abstractmethod
    def to_parquet(self) -> bytes:
        """The rows as Parquet; the kind's `load` reads them back."""

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.labels)

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The distinct labels: by value when all are numbers, else by code point, as LabelEncoder sorts them."""
        distinct = set(self.labels)
        if all(_NUMBER.fullmatch(label) for label in distinct):
            return tuple(sorted(distinct, key=lambda label: (float(label), label)))
        return tuple(sorted(distinct))

    def codes(self) -> npt.NDArray[np.int32]:
        """Position of each label in `classes`, (rows,)."""
        position = {label: code for code, label in enumerate(self.classes)}
        return np.fromiter((position[label] for label in self.labels), np.int32, len(self.labels))


def refuse_unusable(labels: Sequence[str], *, max_classes: int) -> None:
    """Raise a DataError when nothing can be learned from these labels."""
    remedy = "Check that the right label column is chosen"
    if not labels:
        raise DataError("No labelled texts are left", remedy="Give every row a text and a label")
    if len(labels) == 1:
        raise DataError("One row is not enough to learn from", received="1 labelled text", remedy="Add more rows")
    distinct = len(set(labels))
    if distinct == 1:
        raise DataError(
            "All rows have the same label",
            received=repr(labels[0][:60]),
            remedy=f"{remedy}; two classes or more are needed",
        )
    if distinct > max_classes:
        raise DataError(
            f"More than {max_classes:,} classes",
            received=f"{distinct:,} different labels in {len(labels):,} rows",
            remedy=f"{remedy}, or raise SEQLAB_MAX_CLASSES",
        )
