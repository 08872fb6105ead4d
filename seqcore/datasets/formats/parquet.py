"""Parquet files as columns."""

from __future__ import annotations

from typing import Any

from seqcore.datasets.cells import cell_text, unique_names
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.formats.refusals import broken
from seqcore.datasets.formats.registry import register
from seqcore.datasets.size_limits import refuse_large_file, refuse_large_rectangle, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.settings import Settings


@register(
    "parquet",
    labels=("Parquet",),
    content="Parquet",
    extensions=("parquet", "pq"),
    magic=(b"PAR1",),
    confined=True,
)
def read_parquet(content: Content, limits: Settings, _read_as: ReadAs) -> RawTable:
    """Columns of a Parquet file.

    Raises:
        DataError: damaged, or more rows or columns than allowed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(content.data))
        refuse_too_many_rows(file.metadata.num_rows, limits)
        refuse_large_rectangle(file.metadata.num_rows, file.metadata.num_columns)
        refuse_large_file(_unpacked_size(file.metadata), limits)
        schema = file.schema_arrow
        texts = [
            field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]
        # Strings stay dictionary-encoded, so that a value repeated 200,000 times stands in memory once.
        table = pq.ParquetFile(pa.BufferReader(content.data), read_dictionary=texts).read()
        table.validate(full=True)  # a damaged file may point outside its own values
        names, notes = unique_names(table.column_names)
        columns = {name: _cells(column) for name, column in zip(names, table.columns, strict=True)}
    except (pa.ArrowException, OSError, ValueError, IndexError, KeyError, OverflowError, MemoryError):
        raise broken("Parquet") from None
    return RawTable(columns, range(1, table.num_rows + 1), notes)


def _unpacked_size(metadata: Any) -> int:
    return sum(int(metadata.row_group(at).total_byte_size) for at in range(metadata.num_row_groups))


def _cells(column: Any) -> list[str | None]:
    """Strings of a column; repeated values are converted once."""
    import pyarrow as pa

    cells: list[str | None] = []
    for chunk in column.chunks:
        if not pa.types.is_dictionary(chunk.type):
            cells.extend(cell_text(value) for value in chunk.to_pylist())
            continue
        values = [cell_text(value) for value in chunk.dictionary.to_pylist()]
        cells.extend(None if index is None else values[index] for index in chunk.indices.to_pylist())
    return cells
