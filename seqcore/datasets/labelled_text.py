"""Labelled text, the first kind of data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from seqcore.datasets.as_parquet import Stored, cells_of, read_parquet, write_parquet
from seqcore.datasets.labelled_data import Dropped, LabelledData, Rows
from seqcore.datasets.reading import Reading

_KEY = "sequence-lab"  # of the metadata of the stored table
_AT_A_TIME = 1000  # texts that are hashed together: of large data no second copy is made
_OTHER = "other"  # column of the stored table that holds the first other column with 0 behind it, and so on


@dataclass(frozen=True)
class LabelledText(LabelledData):
    """Texts with their labels.

    Attributes:
        name: Display name.
        texts: The texts, untouched.
        labels: The label of each, in its commonest spelling.
        given_split: "train", "validation" or "test" of each row when the user brought a split, else None.
        dropped: What was left out, and why.
        notes: What was found and repaired.
        reading: What was made of the file; None for data that came from none, or were stored before it was kept.
        numbers: The row of each in its file, as the file counts; empty where there is no file, or it was not kept.
        columns: Name and cells of other columns, see `other_columns`; not part of what the content hash names.
    """

    kind: ClassVar[str] = "text"
    _in_content: ClassVar[frozenset[str]] = frozenset({"texts", "labels", "given_split"})

    name: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    given_split: tuple[str, ...] | None = None
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    reading: Reading | None = None
    numbers: tuple[int, ...] = ()
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def content_hash(self) -> str:
        """Sixteen hexadecimal digits that name texts, labels and split."""
        digest = hashlib.sha256()
        for values in (self.texts, self.labels, self.given_split or ()):
            digest.update(",".join(map(str, map(len, values))).encode() + b"\n")
            for first in range(0, len(values), _AT_A_TIME):
                digest.update("".join(values[first : first + _AT_A_TIME]).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:16]

    @property
    def examples(self) -> tuple[str, ...]:
        """The texts."""
        return self.texts

    def keys(self) -> tuple[str, ...]:
        """The texts: equal ones are identical."""
        return self.texts

    @cached_property
    def near_groups(self) -> Rows:
        """For each row the first one that says the same, whatever the case, the marks and a few words."""
        from seqcore.datasets.twins import first_of_near

        return first_of_near(self.texts)

    def number(self, row: int) -> int:
        """The row in its file; without one, its place from 1."""
        return self.numbers[row] if self.numbers else row + 1

    @property
    def other_columns(self) -> dict[str, tuple[str, ...]]:
        """Columns of the file that are neither text nor label nor split, where they have a cell for every row."""
        return {name: cells for name, cells in self.columns if len(cells) == len(self)}

    def summary(self, row: int) -> str:
        """The text."""
        return self.texts[row]

    def to_parquet(self) -> bytes:
        """The rows as Parquet, with name, notes and dropped rows in its metadata."""
        more = {"number": cells_of(self.numbers, "int64")} if self.numbers else {}
        others = self.other_columns
        more |= {f"{_OTHER}{place}": cells_of(cells) for place, cells in enumerate(others.values())}
        about = {"columns": list(others), "reading": None if self.reading is None else self.reading.to_json()}
        return write_parquet(self, _KEY, {"text": cells_of(self.texts, "large_string")}, more, about)

    @classmethod
    def from_parquet(cls, data: bytes, name: str = "") -> LabelledText:
        """What `to_parquet` wrote; `name` replaces the stored one.

        Raises:
            DataError: the bytes are not what `to_parquet` writes.
        """
        return read_parquet(data, _KEY, lambda stored: cls._made(stored, name))

    @classmethod
    def _made(cls, stored: Stored, name: str) -> LabelledText:
        told = stored.about.get("reading")
        others = enumerate(stored.about.get("columns", ()))
        return cls(
            texts=stored.cells("text"),
            reading=None if told is None else Reading.from_json(told),
            numbers=stored.cells("number"),
            columns=tuple(
                (str(column), tuple(stored.table[f"{_OTHER}{place}"].to_pylist())) for place, column in others
            ),
            **stored.in_common(name),
        )
