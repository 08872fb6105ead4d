"""A table on its way from one process to another, as an Arrow stream: its strings are made where they are needed."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from seqcore.datasets.formats.read_as import HowRead
from seqcore.datasets.table import Table
from seqcore.workroom.job import Stream

_ABOUT = b"sequence-lab"
_AT_A_TIME = 4000  # rows that are unpacked together
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
        stream.write_table(packed, max_chunksize=_AT_A_TIME)
    return bytes(sink.getvalue())


def from_arrow(source: bytes | Stream) -> Table:
    """What `to_arrow` wrote; equal cells of a column are one string in memory where many are equal.

    Args:
        source: All of it, or where it comes from: then no more of it is held than some thousand rows.
    """
    entry = pa.BufferReader(source) if isinstance(source, bytes) else pa.PythonFile(source, mode="r")
    with pa.ipc.open_stream(entry) as stream:
        about: dict[str, Any] = json.loads(stream.schema.metadata[_ABOUT])
        names = stream.schema.names
        pieces: dict[str, list[np.ndarray]] = {name: [np.zeros(0, dtype=object)] for name in names}
        strings: dict[str, np.ndarray] = {}
        for batch in stream:
            for name, column in zip(names, batch.columns, strict=True):
                if pa.types.is_dictionary(column.type) and name not in strings:
                    strings[name] = np.append(_unpacked(column.dictionary), np.array([None], dtype=object))
                pieces[name].append(_unpacked(column, strings.get(name)))
    numbers, *cells = (np.concatenate(pieces.pop(name)) for name in names)
    columns = dict(zip(about["columns"], cells, strict=True))
    frame = pd.DataFrame(columns, index=numbers.tolist(), dtype=object)
    return Table(about["name"], frame, tuple(about["notes"]), HowRead.from_json(about["how"]))


def _packed(cells: Any) -> Any:
    try:
        array = pa.array(cells, pa.large_string())
    except UnicodeEncodeError:  # half of a pair of surrogates, as JSON can write it
        written = [None if cell is None else cell.encode("utf-8", "surrogatepass") for cell in cells]
        return pa.array(written, pa.large_binary())
    encoded = array.dictionary_encode()
    return encoded if len(encoded.dictionary) <= _FEW * len(array) else array


def _unpacked(column: Any, strings: np.ndarray | None = None) -> np.ndarray:
    """The cells of a column, of a dictionary out of its strings, the last of which is no string: none is copied."""
    if strings is not None:
        return np.asarray(strings[column.indices.fill_null(-1).to_numpy(zero_copy_only=False)])
    if pa.types.is_large_binary(column.type):
        cells = [None if cell is None else cell.decode("utf-8", "surrogatepass") for cell in column.to_pylist()]
        return np.array(cells, dtype=object)
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=object)
