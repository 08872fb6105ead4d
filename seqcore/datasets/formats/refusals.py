"""The errors that readers share."""

from __future__ import annotations

from seqcore.datasets.formats.registry import format_labels
from seqcore.errors import DataError


def empty(size: int) -> DataError:
    """The error for a file of so many bytes in which nothing stands."""
    return DataError(
        "The file is empty", received=f"{size:,} bytes", remedy="Choose a file with a text and a label column"
    )


def not_a_table(what: str) -> DataError:
    """The error for a file that holds no table."""
    return DataError(
        "This file is not a table of texts", received=what, remedy=f"Upload {format_labels()}, optionally gzipped"
    )


def broken(what: str) -> DataError:
    """The error for a damaged file."""
    return DataError(
        f"The file cannot be read as {what}", received="a damaged or incomplete file", remedy="Save it again and retry"
    )
