"""What the commands share: JSON on standard output, progress and tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from seqcore.errors import SeqlabError


def print_json(value: Any) -> None:
    """One JSON document on standard output; numbers that are none become null."""
    sys.stdout.write(json.dumps(_finite(value), ensure_ascii=False) + "\n")


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on standard output; cells are shown as they are, never as markup."""
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console().print(table)


def harmless(line: str) -> str:
    """A line without signs that would steer a terminal: names, labels and texts are somebody else's."""
    return "".join(sign if sign.isprintable() or sign in "\u00a0\u202f" else "\ufffd" for sign in line)


def print_progress(line: str) -> None:
    """A line of ours on standard error, with whatever names are in it."""
    sys.stderr.write(f"{harmless(line)}\n")


def progress_console() -> Console:
    """Where progress goes: standard error."""
    return Console(stderr=True)


@contextmanager
def written_file(file: Path) -> Iterator[BinaryIO]:
    """A file to write step by step; it appears under its name when all of it is there, and not at all on an error.

    Raises:
        SeqlabError: it cannot be written.
    """
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with unfinished.open("wb") as opened:
            yield opened
        unfinished.replace(file)
    except OSError as error:
        raise _cannot_write(file, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def write_file(file: Path, data: bytes) -> None:
    """Write what a person asked to have in a file.

    Raises:
        SeqlabError: it cannot be written.
    """
    try:
        file.write_bytes(data)
    except OSError as error:
        raise _cannot_write(file, error) from error


def _cannot_write(file: Path, error: OSError) -> SeqlabError:
    return SeqlabError(
        f"The file cannot be written: {error.strerror}", received=str(file), remedy="Choose another place"
    )


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float) and value != value:
        return None
    return value
