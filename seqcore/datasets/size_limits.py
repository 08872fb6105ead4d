"""How large a table may be, and the refusal of a larger one before it is laid out in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seqcore.errors import DataError
from seqcore.settings import Settings

MEGABYTE = 1024 * 1024
MAX_COLUMNS = 1000
MAX_CELLS = 20_000_000  # laid out as a full rectangle in memory, however few are filled


def refuse_large_file(size: int, limits: Settings) -> None:
    """Raise a DataError when a file of so many bytes is over the limit."""
    if size > limits.max_file_mb * MEGABYTE:
        raise DataError(
            f"The file is larger than {limits.max_file_mb} MB",
            received=f"{size / MEGABYTE:,.1f} MB",
            remedy="Upload a smaller part of it, or raise SEQLAB_MAX_FILE_MB",
        )


def refuse_too_many_rows(rows: int, limits: Settings, *, at_least: bool = False) -> None:
    """Raise a DataError when there are more rows than the settings allow."""
    if rows > limits.max_rows:
        raise DataError(
            f"The file has more than {limits.max_rows:,} rows",
            received="more" if at_least else f"{rows:,}",
            remedy="Upload a smaller part of it, or raise SEQLAB_MAX_ROWS",
        )


def refuse_large_rectangle(rows: int, columns: int) -> None:
    """Raise a DataError before so many columns, or so many cells, are laid out."""
    if columns > MAX_COLUMNS:
        raise DataError(
            f"The file has more than {MAX_COLUMNS:,} columns",
            received=f"{columns:,}",
            remedy="Keep the text and label columns and try again",
        )
    if rows * columns > MAX_CELLS:
        raise DataError(
            f"The table has more than {MAX_CELLS:,} cells",
            received=f"{rows:,} rows by {columns:,} columns",
            remedy="Keep the text and label columns and try again",
        )


def refuse_too_many_characters(columns: Mapping[str, Sequence[str | None]], limits: Settings) -> None:
    """Raise a DataError when the cells together are longer than the settings allow."""
    characters = sum(len(cell) for cells in columns.values() for cell in cells if cell)
    if characters > limits.max_file_mb * MEGABYTE:
        raise DataError(
            f"The file holds more than {limits.max_file_mb} million characters",
            received=f"{characters / 1e6:,.0f} million",
            remedy="Upload a smaller part of it, or raise SEQLAB_MAX_FILE_MB",
        )
