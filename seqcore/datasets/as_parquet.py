"""Labelled data of any kind as Parquet: what all kinds keep alike, beside the columns of each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from seqcore.datasets.labelled_data import Dropped, LabelledData
from seqcore.errors import DataError

_T = TypeVar("_T")
Cells = Callable[[slice], Any]  # of a column: the Arrow array of some of the rows
_AT_A_TIME = 4000  # rows that are made Arrow of together: of large data no second copy is held


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
    examples: Mapping[str, Cells],
    more: Mapping[str, Cells],
    about: Mapping[str, Any],
    **options: Any,
) -> bytes:
    """The rows, with name, notes and dropped rows in the metadata.

    Args:
        data: Whose labels and split stand behind the examples.
        key: Of the metadata, which says the kind.
        examples: What the examples are, by column.
        more: Other columns, which stand last.
        about: What else the metadata hold, ready for JSON.
        options: For the writer.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {**examples, "label": cells_of(data.labels)}
    if data.given_split is not None:
        columns["split"] = cells_of(data.given_split)
    columns.update(more)
    said = {"name": data.name, "notes": data.notes, "dropped": [asdict(item) for item in data.dropped], **about}
    types = [(name, cells(slice(0)).type) for name, cells in columns.items()]
    schema, sink = pa.schema(types, {key: json.dumps(said)}), io.BytesIO()
    with pq.ParquetWriter(sink, schema, compression="zstd", **options) as writer:
        for first in range(0, len(data), _AT_A_TIME):
            rows = slice(first, first + _AT_A_TIME)
            writer.write_table(pa.table([cells(rows) for cells in columns.values()], schema=schema))
    return sink.getvalue()


def cells_of(values: Sequence[Any], form: str = "string") -> Cells:
    """A column with a value a row, of a type that Arrow has by that name."""
    import pyarrow as pa

    return lambda rows: pa.array(values[rows], form)


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
