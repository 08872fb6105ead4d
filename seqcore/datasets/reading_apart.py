"""A file or a paste read in a child of the work room: the same readers as everywhere, in another place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from seqcore.datasets.combining import read_lines_or_table
from seqcore.datasets.formats.parse import read_table, read_texts
from seqcore.datasets.formats.pasted import read_pasted
from seqcore.datasets.formats.read_as import AS_FOUND, ReadAs
from seqcore.datasets.formats.reading_bounds import SECONDS, memory_to_read, said_when_stopped
from seqcore.datasets.formats.small import SMALL, is_small
from seqcore.datasets.formats.unpacking import pieces_of
from seqcore.datasets.table import Table
from seqcore.settings import Settings
from seqcore.workroom import Job
from seqcore.workroom.job import Stream

Do = Callable[[Job[Table]], Table]

_READERS = {"table": read_table, "texts": read_texts, "lines": read_lines_or_table}
_LIMITS = {"max_file_mb", "max_rows", "max_pasted_characters"}


def read_file(data: bytes, name: str, what: str, *, limits: Settings, do: Do, read_as: ReadAs = AS_FOUND) -> Table:
    """A file: read at once where it is small, else by a child.

    Args:
        data: The file's bytes.
        name: The file's name as given; never trusted.
        what: A "table" of texts and labels, a table of "texts", or all of its "lines".
        limits: The largest file, most rows and so on.
        do: Has work done by a child, and waits for it.
        read_as: What a person decided; what they did not is found out.

    Raises:
        DataError: it is empty, too large, damaged, or no such table.
    """
    if is_small(data):
        return _READERS[what](data, name, limits=limits, read_as=read_as)
    return do(_job(data, name, what, limits, read_as))


def read_paste(text: str, *, limits: Settings, do: Do) -> Table:
    """Pasted lines: read at once where they are few, else by a child.

    Raises:
        DataError: nothing was pasted, it is too much, or no delimiter stands in most lines.
    """
    if len(text) <= SMALL or len(text) > limits.max_pasted_characters:
        return read_pasted(text, limits=limits)
    return do(_job(text.encode("utf-8", "surrogatepass"), "", "pasted", limits, AS_FOUND))


def read_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does: the table in the file, as Arrow."""
    from seqcore.datasets.table_as_arrow import to_arrow

    limits = Settings.model_validate(options["limits"])
    if options["what"] == "pasted":
        return to_arrow(read_pasted(parts[0].decode("utf-8", "surrogatepass"), limits=limits))
    read, decided = _READERS[options["what"]], ReadAs(**options["read_as"])
    return to_arrow(read(parts[0], options["name"], limits=limits, read_as=decided))


def _job(data: bytes, name: str, what: str, limits: Settings, read_as: ReadAs) -> Job[Table]:
    packed = pieces_of(data) is not None or data.startswith(b"PK")
    return Job(
        work="seqcore.datasets.reading_apart:read_in_child",
        options={
            "what": what,
            "name": name,
            "limits": limits.model_dump(mode="json", include=_LIMITS),
            "read_as": asdict(read_as),
        },
        parts=lambda: [data],
        answer=_table,
        from_stream=_table,
        memory=memory_to_read(None if packed else len(data), limits),
        seconds=SECONDS,
        stopped=said_when_stopped(SECONDS),
    )


def _table(answer: bytes | Stream) -> Table:
    from seqcore.datasets.table_as_arrow import from_arrow

    return from_arrow(answer)
