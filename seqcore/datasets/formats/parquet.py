"""Parquet files as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seqcore.datasets.cells import unique_names
from seqcore.datasets.formats.class_names import name_classes, names_in_schema
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.label_lists import ListCell, table_of_lists
from seqcore.datasets.formats.nested_objects import cell_of, columns_of
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.formats.refusals import broken
from seqcore.datasets.formats.registry import register
from seqcore.datasets.size_limits import refuse_large_file, refuse_large_rectangle, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.settings import Settings

_KEEP_FEWER = "Keep the text and label columns and try again"


@register(
    "parquet",
    labels=("Parquet",),
    content="Parquet",
    extensions=("parquet", "pq"),
    magic=(b"PAR1",),
    confined=True,
)
def read_parquet(content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    """Columns of a Parquet file.

    Raises:
        DataError: damaged, or more rows or columns than allowed.
    """
    import pyarrow as pa

    try:
        table = _arrow_table(content.data, limits)
        columns, notes = _columns(table)
        names = names_in_schema(table.schema.metadata)
    except (pa.ArrowException, OSError, ValueError, IndexError, KeyError, OverflowError, MemoryError):
        raise broken("Parquet") from None
    named, said = name_classes(columns, names)
    return table_of_lists(named, range(1, table.num_rows + 1), [*notes, *said], read_as)


def _arrow_table(data: bytes, limits: Settings) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(pa.BufferReader(data))
    refuse_too_many_rows(file.metadata.num_rows, limits)
    refuse_large_rectangle(file.metadata.num_rows, file.metadata.num_columns)
    refuse_large_file(_unpacked_size(file.metadata), limits)
    texts = [
        field.name
        for field in file.schema_arrow
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
    ]
    # Strings stay dictionary-encoded, so that a value repeated 200,000 times stands in memory once.
    table = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts).read()
    table.validate(full=True)  # a damaged file may point outside its own values
    return table


def _columns(table: Any) -> tuple[dict[str, Sequence[ListCell]], list[str]]:
    """Cells by name, the parts of structs under dotted names, and notes."""
    import pyarrow as pa

    names: list[str] = []
    cells: list[Sequence[ListCell]] = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_struct(column.type):
            within, _ = columns_of([{name: value} for value in column.to_pylist()], _KEEP_FEWER)
            names += within
            cells += within.values()
        else:
            names.append(name)
            cells.append(_cells(column))
    unique, notes = unique_names(names)
    return dict(zip(unique, cells, strict=True)), notes


def _unpacked_size(metadata: Any) -> int:
    return sum(int(metadata.row_group(at).total_byte_size) for at in range(metadata.num_row_groups))


def _cells(column: Any) -> list[ListCell]:
    """Cells of a column; repeated values are converted once."""
    import pyarrow as pa

    cells: list[ListCell] = []
    for chunk in column.chunks:
        if not pa.types.is_dictionary(chunk.type):
            cells.extend(cell_of(value) for value in chunk.to_pylist())
            continue
        values = [cell_of(value) for value in chunk.dictionary.to_pylist()]
        cells.extend(None if index is None else values[index] for index in chunk.indices.to_pylist())
    return cells
