"""Several Parquet files as one, with a column that says the part of each row; a row group at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from seqcore.datasets.formats.parts import split_column
from seqcore.errors import DataError


def join_parquet(parts: Mapping[str, Sequence[Path]], to: Path, most_rows: int) -> int:
    """Write the rows of all files; the number of them.

    Args:
        parts: By part (train, validation, test), its files; of one part only no column is added.
        to: The file to write.
        most_rows: More are refused.

    Raises:
        DataError: a file is damaged, they have not the same columns, or there are too many rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        opened = [(part, pq.ParquetFile(path)) for part, paths in parts.items() for path in paths]
    except (pa.ArrowInvalid, OSError):
        raise DataError("A file of the data set is damaged", remedy="Try again, or choose another set") from None
    rows: int = sum(file.metadata.num_rows for _, file in opened)
    if rows > most_rows:
        raise DataError(
            f"The data set has more than {most_rows:,} rows",
            received=f"{rows:,} rows",
            remedy="Choose another configuration or part of it, or raise SEQLAB_MAX_ROWS",
        )
    schema = opened[0][1].schema_arrow
    column = split_column(schema.names) if len(parts) > 1 else None
    whole = schema if column is None else schema.append(pa.field(column, pa.string()))
    try:
        with pq.ParquetWriter(to, whole, compression="zstd") as writer:
            for part, file in opened:
                for group in range(file.num_row_groups):
                    writer.write_table(_with_part(file.read_row_group(group), part, column, whole))
    except (pa.ArrowInvalid, pa.ArrowKeyError, KeyError):
        raise DataError(
            "The parts of the data set have not the same columns", remedy="Choose one of its parts, or another one"
        ) from None
    return rows


def write_rows(rows: Sequence[tuple[str, str, str]], to: Path) -> int:
    """Write texts, labels and parts; the number of them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts, labels, parts = zip(*rows, strict=True)
    pq.write_table(pa.table({"text": texts, "label": labels, "split": parts}), to, compression="zstd")
    return len(rows)


def _with_part(table: Any, part: str, column: str | None, schema: Any) -> Any:
    import pyarrow as pa

    table = table.select([name for name in schema.names if name != column])
    if column is not None:
        table = table.append_column(column, pa.array([part] * table.num_rows, pa.string()))
    return table.cast(schema)
