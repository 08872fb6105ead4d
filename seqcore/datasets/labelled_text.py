"""Labelled text: what every model of the laboratory learns from."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from seqcore.errors import DataError

SPLITS = ("train", "validation", "test")
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


@dataclass(frozen=True)
class LabelledText:
    """Texts with their labels.

    Attributes:
        name: Display name.
        texts: The texts, untouched.
        labels: The label of each, as the user wrote it.
        given_split: "train", "validation" or "test" of each row when the user brought a split, else None.
        dropped: What was left out, and why.
        notes: What was found and repaired.
    """

    name: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    given_split: tuple[str, ...] | None = None
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.texts)

    @cached_property
    def content_hash(self) -> str:
        """Sixteen hexadecimal digits that name texts, labels and split."""
        digest = hashlib.sha256()
        for values in (self.texts, self.labels, self.given_split or ()):
            digest.update(",".join(map(str, map(len, values))).encode() + b"\n")
            digest.update("".join(values).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:16]

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The distinct labels: by value when all are numbers, else by code point, as LabelEncoder sorts them."""
        distinct = set(self.labels)
        if all(_NUMBER.fullmatch(label) for label in distinct):
            return tuple(sorted(distinct, key=lambda label: (float(label), label)))
        return tuple(sorted(distinct))

    @cached_property
    def word_counts(self) -> npt.NDArray[np.int64]:
        """Words between white space of each text, (rows,); counted once, as it takes a while on long texts."""
        return np.fromiter((len(text.split()) for text in self.texts), np.int64, len(self.texts))

    def codes(self) -> npt.NDArray[np.int32]:
        """Position of each label in `classes`, (rows,)."""
        position = {label: code for code, label in enumerate(self.classes)}
        return np.fromiter((position[label] for label in self.labels), np.int32, len(self.labels))

    def to_parquet(self) -> bytes:
        """The rows as Parquet, with name, notes and dropped rows in its metadata."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = {"text": pa.array(self.texts, pa.large_string()), "label": pa.array(self.labels, pa.string())}
        if self.given_split is not None:
            columns["split"] = pa.array(self.given_split, pa.string())
        about = {"name": self.name, "notes": self.notes, "dropped": [asdict(item) for item in self.dropped]}
        table = pa.table(columns).replace_schema_metadata({"sequence-lab": json.dumps(about)})
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd")
        return sink.getvalue()

    @classmethod
    def from_parquet(cls, data: bytes, name: str = "") -> LabelledText:
        """What `to_parquet` wrote; `name` replaces the stored one.

        Raises:
            DataError: the bytes are not what `to_parquet` writes.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            table = pq.read_table(pa.BufferReader(data))
            about = json.loads((table.schema.metadata or {})[b"sequence-lab"])
            split = tuple(table["split"].to_pylist()) if "split" in table.column_names else None
            dropped = tuple(Dropped(item["reason"], item["count"], tuple(item["rows"])) for item in about["dropped"])
            texts, labels = tuple(table["text"].to_pylist()), tuple(table["label"].to_pylist())
            return cls(name or about["name"], texts, labels, split, dropped, tuple(about["notes"]))
        except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
            raise DataError("The stored data set cannot be read", remedy="Upload the file again") from None


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
