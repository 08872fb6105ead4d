"""Labelled data of any kind as Parquet: what all kinds keep alike, beside the columns of each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from seqcore.datasets.labelled_data import Dropped, LabelledData
from seqcore.errors import DataError

_T = TypeVar("_T")


@dataclass(frozen=True)
class Stored:
    """What was read back.

    Attributes:
        table: The Arrow table, with the columns of the kind.
        about: What its metadata hold.
    """

    table: Any
    about: Mapping[str, Any]

    def has(self, column: str) -> bool:
        """Whether there is such a column."""
        return column in self.table.column_names

    def cells(self, column: str) -> tuple[Any, ...]:
        """The cells of a column, one a row; none where there is no such column."""
        return tuple(self.table[column].to_pylist()) if self.has(column) else ()

    def in_common(self, name: str) -> dict[str, Any]:
        """The fields that data of all kinds have, by name; a given name replaces the stored one."""
        return {
            "name": name or self.about["name"],
            "labels": tuple(self.table["label"].to_pylist()),
            "given_split": self.cells("split") if self.has("split") else None,
            "dropped": tuple(
                Dropped(each["reason"], each["count"], tuple(each["rows"])) for each in self.about["dropped"]
            ),
            "notes": tuple(self.about["notes"]),
        }


def write_parquet(
    data: LabelledData,
    key: str,
    examples: Mapping[str, Any],
    more: Mapping[str, Any],
    about: Mapping[str, Any],
    **options: Any,
) -> bytes:
    """The rows, with name, notes and dropped rows in the metadata.

    Args:
        data: Whose labels and split stand behind the examples.
        key: Of the metadata, which says the kind.
        examples: Arrow arrays by column: what the examples are.
        more: Others, which stand last.
        about: What else the metadata hold, ready for JSON.
        options: For the writer.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {**examples, "label": pa.array(data.labels, pa.string())}
    if data.given_split is not None:
        columns["split"] = pa.array(data.given_split, pa.string())
    said = {"name": data.name, "notes": data.notes, "dropped": [asdict(item) for item in data.dropped], **about}
    table = pa.table(columns | dict(more)).replace_schema_metadata({key: json.dumps(said)})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", **options)
    return sink.getvalue()


def read_parquet(data: bytes, key: str, make: Callable[[Stored], _T], remedy: str = "Upload the file again") -> _T:
    """What is made of what `write_parquet` wrote under a key.

    Raises:
        DataError: the bytes, or what is found in them, are something else.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(data))
        return make(Stored(table, json.loads((table.schema.metadata or {})[key.encode()])))
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError, AttributeError):
        raise DataError("The stored data set cannot be read", remedy=remedy) from None
