"""What reading a file may take in a process of its own, and what is said when that is passed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError, SeqlabError
from seqcore.settings import Settings
from seqcore.workroom import Stopped

SECONDS = 120.0
_BASE = 384 * MEGABYTE  # of Python with its libraries
_FACTOR = 24  # a byte of the file as text, as cells, as values of JSON, as Arrow


def memory_to_read(size: int | None, limits: Settings) -> int:
    """Bytes that reading so many may take; None: as many as a file may have, for what is packed says nothing."""
    most = limits.max_file_mb * MEGABYTE
    return _BASE + _FACTOR * (most if size is None else min(size, most))


def said_when_stopped(seconds: float) -> Callable[[Stopped, str], SeqlabError]:
    """What is said of a file that was not read, by why and by what native code read it as."""
    return partial(_said, seconds)


def _said(seconds: float, why: Stopped, native: str) -> SeqlabError:
    if why is Stopped.TIME:
        return DataError(
            "The file takes too long to read" + (f" as {native}" if native else ""),
            received=f"not finished after {seconds:.0f} seconds",
            remedy="Save it as CSV and retry" if native else "Upload a smaller part of it",
        )
    if native:
        return DataError(
            f"The file cannot be read as {native}",
            received="a damaged file, or one that unpacks to far more than it shows",
            remedy="Save it as CSV and retry",
        )
    return DataError(
        "The file takes more memory to read than there is for one file",
        received="a file of very many or very long cells, or one that unpacks to far more than it shows",
        remedy="Upload a smaller part of it",
    )
