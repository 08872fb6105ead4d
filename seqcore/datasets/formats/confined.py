"""Formats that native code reads, read in a process of their own: a hostile file can break or swell nothing else.

A crafted file may end the process, panic, loop, or lay out a sheet of 400 GB. Here that costs a child with a bound
on memory and time, and gives a clear error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.read_as import AS_FOUND, ReadAs
from seqcore.datasets.formats.reading_bounds import SECONDS, memory_to_read, said_when_stopped
from seqcore.datasets.formats.registry import Format, get_format
from seqcore.datasets.size_limits import refuse_too_many_characters
from seqcore.datasets.table import RawTable, Table
from seqcore.settings import Settings
from seqcore.workroom import Job
from seqcore.workroom.child import do_alone
from seqcore.workroom.in_child import is_child, tell


def read_confined(
    file_format: Format, content: Content, *, limits: Settings, read_as: ReadAs = AS_FOUND, seconds: float = SECONDS
) -> RawTable:
    """What the format's reader makes of the content, read in a process of its own; where this is one already, here.

    Args:
        file_format: The format.
        content: The unpacked file.
        limits: The largest file, most rows and so on.
        read_as: What a person decided.
        seconds: The longest that reading may take.

    Raises:
        DataError: damaged, more than allowed, or reading it takes more time or memory than any honest file.
    """
    if is_child():
        return _read_here(file_format, content, limits, read_as)
    job = Job(
        work="seqcore.datasets.formats.confined:read_in_child",
        options={
            "format": file_format.name,
            "extension": content.extension,
            "limits": limits.model_dump(mode="json", include={"max_file_mb", "max_rows"}),
            "read_as": asdict(read_as),
        },
        parts=lambda: [content.data],
        answer=_raw_table,
        memory=memory_to_read(None, limits),
        seconds=seconds,
        stopped=lambda why, _: said_when_stopped(seconds)(why, file_format.content),
    )
    return do_alone(job)


def read_in_child(options: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[[str], None]) -> bytes:
    """What the child does: the table in the file, as Arrow."""
    import pandas as pd

    from seqcore.datasets.table_as_arrow import to_arrow

    limits = Settings.model_validate(options["limits"])
    content = Content(parts[0], options["extension"])
    found = _read_here(get_format(options["format"]), content, limits, ReadAs(**options["read_as"]))
    frame = pd.DataFrame(dict(found.columns), index=list(found.numbers), dtype=object)
    return to_arrow(Table("", frame, tuple(found.notes), found.how))


def _read_here(file_format: Format, content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    tell(file_format.content)
    table = file_format.read(content, limits, read_as)
    refuse_too_many_characters(table.columns, limits)
    tell("")
    return table


def _raw_table(answer: bytes) -> RawTable:
    from seqcore.datasets.table_as_arrow import from_arrow

    table = from_arrow(answer)
    columns = {str(name): table.frame[name].tolist() for name in table.frame.columns}
    return RawTable(columns, table.frame.index.tolist(), list(table.notes), table.how)
