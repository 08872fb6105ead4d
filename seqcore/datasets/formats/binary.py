"""Parquet files and spreadsheets as columns."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from seqcore.datasets.formats.content import broken, expanded_members, refuse_large
from seqcore.datasets.formats.rows import Arranged, Row, arrange_rows
from seqcore.datasets.table import MAX_CELLS, cell_text, refuse_large_rectangle, refuse_too_many_rows, unique_names
from seqcore.errors import DataError
from seqcore.settings import Settings


def read_parquet(data: bytes, *, limits: Settings) -> Arranged:
    """Columns of a Parquet file.

    Raises:
        DataError: damaged, or more rows or columns than allowed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        refuse_too_many_rows(file.metadata.num_rows, limits)
        refuse_large_rectangle(file.metadata.num_rows, file.metadata.num_columns)
        refuse_large(_unpacked_size(file.metadata), limits)
        schema = file.schema_arrow
        texts = [
            field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]
        # Strings stay dictionary-encoded, so that a value repeated 200,000 times stands in memory once.
        table = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts).read()
        table.validate(full=True)  # a damaged file may point outside its own values
        names, notes = unique_names(table.column_names)
        columns = {name: _cells(column) for name, column in zip(names, table.columns, strict=True)}
    except (pa.ArrowException, OSError, ValueError, IndexError, KeyError, OverflowError, MemoryError):
        raise broken("Parquet file") from None
    return Arranged(columns, range(1, table.num_rows + 1), notes)


def read_sheet(data: bytes, *, limits: Settings) -> Arranged:
    """Columns of the first sheet that has at least two, of an Excel or OpenDocument file.

    Raises:
        DataError: damaged, protected by a password, or larger than allowed.
    """
    if data.startswith(b"PK"):
        _refuse_sparse_giants(expanded_members(data, limits=limits))
    note, start, rows = _first_table(data, limits)
    refuse_too_many_rows(len(rows) - 1, limits)
    arranged = arrange_rows(rows, joint=",", first_number=start + 1)
    notes = [note] if note else []
    return Arranged(arranged.columns, arranged.numbers, [*notes, *arranged.notes])


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


def _refuse_sparse_giants(members: Sequence[tuple[str, bytes]]) -> None:
    """A sheet of two cells, A1 and XFD1048576, would take 400 GB as a rectangle."""
    for name, content in members:
        if name.startswith("xl/worksheets/"):
            references = set(re.findall(rb'\br="([A-Z]{1,3})([0-9]{1,9})"', content))
            rows = max((int(row) for _, row in references), default=0)
            columns = max((_column_number(letters) for letters, _ in references), default=0)
            _refuse_rectangle(rows, columns)
        if name == "content.xml":  # OpenDocument repeats cells and rows by count
            filled = re.findall(rb'repeated="([0-9]{1,12})"[^>/]*>\s*<(?!/)', content)
            _refuse_rectangle(sum(map(int, filled)), 1)


def _refuse_rectangle(rows: int, columns: int) -> None:
    if rows * columns > MAX_CELLS:
        raise DataError(
            "The sheet spans too many cells",
            received=f"{rows:,} rows by {columns:,} columns",
            remedy="Delete stray cells far from the table, or save it as CSV",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _first_table(data: bytes, limits: Settings) -> tuple[str, int, list[Row]]:
    """A note when there are several sheets, the number of rows above the table, and its rows."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            cells = sheet.to_python(nrows=limits.max_rows + 2)
            if sheet.start is not None and any(len(row) > 1 for row in cells):
                note = f"Read from sheet “{name}”, the first with a table" if len(book.sheet_names) > 1 else ""
                return note, sheet.start[0], [[_sheet_cell(value) for value in row] for row in cells]
    except PasswordError:
        raise DataError("The spreadsheet is protected by a password", remedy="Save it without one") from None
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError):
        raise broken("spreadsheet") from None
    except BaseException as error:  # a Rust panic is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise broken("spreadsheet") from None
    raise DataError(
        "No sheet has a table", received="sheets of fewer than two columns", remedy="Give it a text and a label column"
    )


def _sheet_cell(value: object) -> str:
    """A cell as the spreadsheet shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return cell_text(value) or ""
