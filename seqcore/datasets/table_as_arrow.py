"""A table on its way from one process to another, as an Arrow stream: its strings are made where they are needed."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from seqcore.datasets.formats.read_as import HowRead
from seqcore.datasets.table import Table

_ABOUT = b"sequence-lab"
_FEW = 0.5  # of the cells that differ, up to which each of them travels once


def to_arrow(table: Table) -> bytes:
    """A table as bytes; `from_arrow` reads them back."""
    frame = table.frame
    about = {"name": table.name, "notes": list(table.notes), "how": table.how.to_json(), "columns": list(frame.columns)}
    arrays: list[Any] = [pa.array(frame.index.to_numpy(), pa.int64())]
    arrays += [_packed(frame.iloc[:, place].to_numpy()) for place in range(frame.shape[1])]
    packed = pa.table(arrays, names=[str(place) for place in range(len(arrays))])
    packed = packed.replace_schema_metadata({_ABOUT: json.dumps(about)})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, packed.schema) as stream:
        stream.write_table(packed)
    return bytes(sink.getvalue())


def from_arrow(data: bytes) -> Table:
    """What `to_arrow` wrote; equal cells of a column are one string in memory where many are equal."""
    with pa.ipc.open_stream(pa.BufferReader(data)) as stream:
        packed = stream.read_all()
    about: dict[str, Any] = json.loads(packed.schema.metadata[_ABOUT])
    numbers, *cells = packed.columns
    columns = {name: _unpacked(column) for name, column in zip(about["columns"], cells, strict=True)}
    frame = pd.DataFrame(columns, index=numbers.to_numpy().tolist(), dtype=object)
    return Table(about["name"], frame, tuple(about["notes"]), HowRead.from_json(about["how"]))


def _packed(cells: Any) -> Any:
    try:
        array = pa.array(cells, pa.large_string())
    except UnicodeEncodeError:  # half of a pair of surrogates, as JSON can write it
        written = [None if cell is None else cell.encode("utf-8", "surrogatepass") for cell in cells]
        return pa.array(written, pa.large_binary())
    encoded = array.dictionary_encode()
    return encoded if len(encoded.dictionary) <= _FEW * len(array) else array


def _unpacked(column: Any) -> np.ndarray:
    if pa.types.is_large_binary(column.type):
        cells = [None if cell is None else cell.decode("utf-8", "surrogatepass") for cell in column.to_pylist()]
        return np.array(cells, dtype=object)
    if not pa.types.is_dictionary(column.type):
        return np.asarray(column.to_numpy(), dtype=object)
    whole = column.combine_chunks()
    known = np.append(whole.dictionary.to_numpy(zero_copy_only=False).astype(object), np.array([None], dtype=object))
    return np.asarray(known[whole.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)], dtype=object)
