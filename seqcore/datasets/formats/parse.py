"""Any labelled file, or pasted lines, as a table."""

from __future__ import annotations

from pathlib import Path

from seqcore.datasets.formats import content
from seqcore.datasets.formats.confined import read_confined
from seqcore.datasets.formats.content import Kind
from seqcore.datasets.formats.delimited import read_delimited
from seqcore.datasets.formats.encoding import decode
from seqcore.datasets.formats.json_records import read_json
from seqcore.datasets.formats.rows import Arranged
from seqcore.datasets.table import Table, make_table, safe_name
from seqcore.errors import DataError
from seqcore.settings import Settings


def read_table(data: bytes, name: str, *, limits: Settings) -> Table:
    """Read CSV, TSV, JSON, JSON Lines, Parquet or a spreadsheet, gzipped or not, by what it contains.

    Args:
        data: The file's bytes.
        name: The file's name as given; never trusted.
        limits: The largest file, most rows and so on.

    Raises:
        DataError: it is empty, too large, damaged, or no table.
    """
    shown = safe_name(name)
    data = content.expand(data, limits=limits)
    kind = content.kind_of(data)
    notes: list[str] = []
    if kind in (Kind.PARQUET, Kind.SHEET):
        arranged = read_confined(kind, data, limits=limits)
    else:
        text, notes = decode(data)
        kind, arranged = _read_text(text, content.extension_of(name), limits)
    unexpected = content.extension_note(shown, kind)
    return make_table(shown, arranged, [unexpected, *notes] if unexpected else notes, limits=limits)


def read_path(path: Path, *, limits: Settings) -> Table:
    """Read a file of this machine.

    Raises:
        DataError: there is no such file, or it cannot be used.
    """
    try:
        content.refuse_large(path.stat().st_size, limits)
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            "The file cannot be opened",
            received=f"{safe_name(str(path))}: {error.strerror or 'not readable'}",
            remedy="Check the path",
        ) from None
    return read_table(data, path.name, limits=limits)


def _read_text(text: str, extension: str, limits: Settings) -> tuple[Kind, Arranged]:
    """JSON when it opens like JSON and is; delimited text otherwise, for a text may begin with a bracket."""
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        try:
            return Kind.JSON, read_json(text.lstrip("\ufeff"), limits=limits)
        except DataError:
            if extension in ("json", "jsonl", "ndjson") or _opens_like_json(text):
                raise
    elif extension in ("json", "jsonl", "ndjson") and not text.strip():
        raise DataError("The file is empty", remedy="Choose a file with a text and a label column")
    return Kind.TEXT, read_delimited(text, extension=extension, limits=limits)


def _opens_like_json(text: str) -> bool:
    """Whether the first characters are those of an object or a list of objects."""
    opening = "".join(text[:200].split())
    return opening.startswith(('{"', '[{"', "[[", "[{}"))
