"""Formats that native code reads, read in a process of their own: a hostile file can break or swell nothing else.

A crafted file may end the process, panic, loop, or lay out a sheet of 400 GB. Here that costs a child with a bound
on memory and time, and gives a clear error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import AS_FOUND, HowRead, ReadAs
from seqcore.datasets.formats.registry import Format, get_format
from seqcore.datasets.size_limits import refuse_too_many_characters
from seqcore.datasets.table import RawTable
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
_CHILD_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
}
_CHILDREN_AT_A_TIME = threading.BoundedSemaphore(2)  # thirty uploads at once shall not take thirtyfold memory


def read_confined(
    file_format: Format, content: Content, *, limits: Settings, read_as: ReadAs = AS_FOUND, seconds: float = SECONDS
) -> RawTable:
    """What the format's reader makes of the content, read in a process of its own.

    Args:
        file_format: The format.
        content: The unpacked file.
        limits: The largest file, most rows and so on.
        read_as: What a person decided.
        seconds: The longest that reading may take.

    Raises:
        DataError: damaged, more than allowed, or reading it takes more time or memory than any honest file.
    """
    with _CHILDREN_AT_A_TIME:
        output = _run_child(file_format, content, limits, read_as, seconds)
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError:  # it was ended, by the system or by itself, before it could say anything
        raise DataError(
            f"The file cannot be read as {file_format.content}",
            received="a damaged file, or one that unpacks to far more than it shows",
            remedy="Save it as CSV and retry",
        ) from None
    if "problem" in answer:
        raise DataError(answer["problem"], received=answer["received"], remedy=answer["remedy"])
    return RawTable(answer["columns"], answer["numbers"], answer["notes"], HowRead.from_json(answer.get("how", {})))


def read_in_child() -> None:
    """What the child does: the file on standard input, the answer as JSON on standard output."""
    _, _, name, extension, limits, decided = sys.argv
    settings = Settings.model_validate_json(limits)
    _bound_memory(_BASE_MEMORY + _MEMORY_FACTOR * settings.max_file_mb * 1024**2)
    content = Content(sys.stdin.buffer.read(), extension)
    try:
        answer = _answer(get_format(name), content, settings, ReadAs(**json.loads(decided)))
    except DataError as error:
        answer = {"problem": error.problem, "received": error.received, "remedy": error.remedy}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.flush()
    os._exit(0)  # Arrow's threads now and then abort an orderly end


def _answer(file_format: Format, content: Content, limits: Settings, read_as: ReadAs) -> dict[str, Any]:
    table = file_format.read(content, limits, read_as)
    refuse_too_many_characters(table.columns, limits)
    return {
        "columns": table.columns,
        "numbers": list(table.numbers),
        "notes": table.notes,
        "how": table.how.to_json(),
    }


def _run_child(file_format: Format, content: Content, limits: Settings, read_as: ReadAs, seconds: float) -> bytes:
    numbers = limits.model_dump_json(include={"max_file_mb", "max_rows"})
    decided = json.dumps(asdict(read_as))
    command = [sys.executable, "-I", "-c", _CHILD, str(_ROOT), file_format.name, content.extension, numbers, decided]
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    environment = kept | _CHILD_ENVIRONMENT
    try:
        child = subprocess.run(
            command, input=content.data, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise DataError(
            f"The file takes too long to read as {file_format.content}",
            received=f"not finished after {seconds:.0f} seconds",
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
