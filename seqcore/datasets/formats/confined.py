"""Binary formats read in a process of their own, so that a hostile file can break or swell nothing else.

The readers of Parquet and of spreadsheets are native code: a crafted file may end the process, panic, loop, or
lay out a sheet of 400 GB. Here that costs a child with a bound on memory and time, and gives a clear error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from seqcore.datasets.formats.content import Kind
from seqcore.datasets.formats.rows import Arranged
from seqcore.errors import DataError
from seqcore.settings import Settings

SECONDS = 120.0
_ROOT = Path(__file__).resolve().parents[3]
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from seqcore.datasets.formats import confined; confined.read_in_child()"
)
_BASE_MEMORY = 1024**3  # address space of Python with its libraries, in bytes
_MEMORY_FACTOR = 24  # a byte of the largest file as Arrow, as strings, as JSON
# One thread, and memory by the plain allocator: others reserve gigabytes of address space that they never use.
_CALM = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
}
_TURNS = threading.BoundedSemaphore(2)  # children at a time: thirty uploads at once shall not take thirtyfold memory
_WHAT = {Kind.PARQUET: "Parquet file", Kind.SHEET: "spreadsheet"}


def read_confined(kind: Kind, data: bytes, *, limits: Settings, seconds: float = SECONDS) -> Arranged:
    """Columns of a Parquet file or a spreadsheet.

    Args:
        kind: `Kind.PARQUET` or `Kind.SHEET`.
        data: The file's bytes.
        limits: The largest file, most rows and so on.
        seconds: The longest that reading may take.

    Raises:
        DataError: damaged, more than allowed, or reading it takes more time or memory than any honest file.
    """
    with _TURNS:
        output = _ask_child(kind, data, limits, seconds)
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError:  # it was ended, by the system or by itself, before it could say anything
        raise DataError(
            f"The {_WHAT[kind]} cannot be read",
            received="a damaged file, or one that unpacks to far more than it shows",
            remedy="Save it as CSV and retry",
        ) from None
    if "problem" in answer:
        raise DataError(answer["problem"], received=answer["received"], remedy=answer["remedy"])
    return Arranged(answer["columns"], answer["numbers"], answer["notes"])


def read_in_child() -> None:
    """What the child does: the file on standard input, the answer as JSON on standard output."""
    _, _, kind, limits = sys.argv
    settings = Settings.model_validate_json(limits)
    _bound_memory(_BASE_MEMORY + _MEMORY_FACTOR * settings.max_file_mb * 1024**2)
    data = sys.stdin.buffer.read()
    try:
        answer = _answer(Kind[kind], data, settings)
    except DataError as error:
        answer = {"problem": error.problem, "received": error.received, "remedy": error.remedy}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.flush()
    os._exit(0)  # Arrow's threads now and then abort an orderly end


def _answer(kind: Kind, data: bytes, limits: Settings) -> dict[str, Any]:
    from seqcore.datasets.formats.binary import read_parquet, read_sheet
    from seqcore.datasets.table import refuse_too_many_characters

    read = read_parquet if kind is Kind.PARQUET else read_sheet
    found = read(data, limits=limits)
    refuse_too_many_characters(found.columns, limits)
    return {"columns": found.columns, "numbers": list(found.numbers), "notes": found.notes}


def _ask_child(kind: Kind, data: bytes, limits: Settings, seconds: float) -> bytes:
    numbers = limits.model_dump_json(include={"max_file_mb", "max_rows"})
    command = [sys.executable, "-I", "-c", _CHILD, str(_ROOT), kind.name, numbers]
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    environment = kept | _CALM
    try:
        child = subprocess.run(
            command, input=data, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise DataError(
            f"The {_WHAT[kind]} takes too long to read",
            received=f"no end after {seconds:.0f} seconds",
            remedy="Save it as CSV and retry",
        ) from None
    return child.stdout


def _bound_memory(size: int) -> None:
    """At most so many bytes for this process, where the system can see to it (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = size if most == resource.RLIM_INFINITY else min(size, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # an abort leaves no copy of somebody's data on the disk
