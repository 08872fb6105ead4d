"""The errors that readers share."""

from __future__ import annotations

from seqcore.datasets.formats.registry import format_labels
from seqcore.errors import DataError


def empty(size: int) -> DataError:
    """The error for a file of so many bytes in which nothing stands."""
    return DataError(
        "The file is empty", received=f"{size:,} bytes", remedy="Choose a file with a text and a label column"
    )


def not_a_table(what: str, remedy: str = "") -> DataError:
    """The error for a file that holds no table; without a better remedy it says what can be read."""
    return DataError(
        "This file is not a table of texts",
        received=what,
        remedy=remedy or f"Upload {format_labels()}, compressed or not",
    )


def broken(what: str) -> DataError:
    """The error for a damaged file."""
    return DataError(
        f"The file cannot be read as {what}", received="a damaged or incomplete file", remedy="Save it again and retry"
    )
