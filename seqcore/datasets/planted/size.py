"""How much a planted task may make."""

from __future__ import annotations

from seqcore.errors import DataError
from seqcore.settings import get_settings

MEGABYTE = 1_000_000


def refuse_large(characters: int, rows: int, asked: str) -> None:
    """Raise a DataError, before they are made, when examples are more or longer than a file may hold.

    Args:
        characters: Of all of them in a file.
        rows: How many they are.
        asked: The same as a person would say it.
    """
    most = get_settings().max_file_mb
    if characters > most * MEGABYTE:
        raise DataError(
            f"So many examples of this length hold more than {most} million characters",
            received=asked,
            remedy="Take fewer rows or shorter ones, or raise SEQLAB_MAX_FILE_MB",
        )
    if rows > get_settings().max_rows:
        raise DataError(
            f"More than {get_settings().max_rows:,} rows",
            received=f"{rows:,}",
            remedy="Take fewer rows, or raise SEQLAB_MAX_ROWS",
        )
