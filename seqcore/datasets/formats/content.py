"""What a file is, by its content: unpacked in bounded pieces, named by its first bytes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

from seqcore.datasets.table import MEGABYTE
from seqcore.errors import DataError
from seqcore.settings import Settings

GZIP_MAGIC = b"\x1f\x8b"
_PIECE = 1 * MEGABYTE  # of what is unpacked at a time
_TAKEN = 64 * 1024  # of what is packed
_MOST_MEMBERS = 50_000  # bgzip begins a new one every 64 kB of text
_MOST_LAYERS = 2  # .csv.gz inside .gz happens by accident; deeper is no accident


class Kind(StrEnum):
    """The families of files that can be read; the value is what people call it."""

    TEXT = "delimited text"
    JSON = "JSON"
    PARQUET = "Parquet"
    SHEET = "a spreadsheet"


_EXTENSIONS = {
    "csv": Kind.TEXT, "tsv": Kind.TEXT, "tab": Kind.TEXT, "txt": Kind.TEXT, "psv": Kind.TEXT,
    "json": Kind.JSON, "jsonl": Kind.JSON, "ndjson": Kind.JSON,
    "parquet": Kind.PARQUET, "pq": Kind.PARQUET,
    "xlsx": Kind.SHEET, "xlsm": Kind.SHEET, "xlsb": Kind.SHEET, "xls": Kind.SHEET, "ods": Kind.SHEET,
}  # fmt: skip
_FOREIGN = {
    b"%PDF": "a PDF document", b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image",
    b"BZh": "a bzip2 archive", b"\xfd7zXZ": "an xz archive", b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"7z\xbc\xaf": "a 7-Zip archive", b"Rar!": "a RAR archive", b"\x7fELF": "a program", b"MZ\x90": "a program",
    b"SQLite format 3": "an SQLite database", b"ARROW1": "an Arrow file", b"\x89HDF": "an HDF5 file",
    b"\x80\x04\x95": "a Python pickle", b"OggS": "a sound file", b"ID3": "a sound file", b"RIFF": "a media file",
    b"{\\rtf": "a rich-text document",
}  # fmt: skip


def extension_of(name: str) -> str:
    """The extension without a final .gz, in lower case: 'csv' for 'a.CSV.gz'."""
    parts = name.lower().rsplit(".", 2)
    if len(parts) > 1 and parts[-1] in ("gz", "gzip"):
        parts.pop()
    return parts[-1] if len(parts) > 1 else ""


def expand(data: bytes, *, limits: Settings) -> bytes:
    """The bytes without gzip around them, never more than the limit in memory.

    Raises:
        DataError: the file is empty, over the limit before or after unpacking, or broken.
    """
    for _ in range(_MOST_LAYERS):
        refuse_large(len(data), limits)
        if not data.startswith(GZIP_MAGIC):
            break
        data = _gunzip(data, limits)
    if not data.strip(b" \t\r\n\0"):
        raise DataError(
            "The file is empty", received=f"{len(data):,} bytes", remedy="Choose a file with a text and a label column"
        )
    return data


def refuse_large(size: int, limits: Settings) -> None:
    """Raise a DataError when a file of so many bytes is over the limit."""
    if size > limits.max_file_mb * MEGABYTE:
        raise DataError(
            f"The file is larger than {limits.max_file_mb} MB",
            received=f"{size / MEGABYTE:,.1f} MB",
            remedy="Upload a smaller part of it, or raise SEQLAB_MAX_FILE_MB",
        )


def kind_of(data: bytes) -> Kind:
    """The family of the file; text when nothing else is recognised.

    Raises:
        DataError: a file that holds no table (an image, an archive, ...).
    """
    if data.startswith(b"PAR1"):
        return Kind.PARQUET
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # OLE2: .xls
        return Kind.SHEET
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    for magic, what in _FOREIGN.items():
        if data.startswith(magic):
            raise not_a_table(what)
    return Kind.JSON if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else Kind.TEXT


def not_a_table(what: str) -> DataError:
    """The error for a file that holds no table."""
    return DataError(
        "This file is not a table of texts", received=what,
        remedy="Upload CSV, TSV, JSON, JSON Lines, Parquet or Excel, optionally gzipped",
    )  # fmt: skip


def extension_note(name: str, kind: Kind) -> str | None:
    """A sentence when the name promises another kind of file than the content is."""
    extension = extension_of(name)
    promised = _EXTENSIONS.get(extension)
    if promised in (None, kind):
        return None
    return f"Named .{extension}, but the content is {kind}; read as such"


def expanded_members(data: bytes, *, limits: Settings) -> list[tuple[str, bytes]]:
    """Name and content of each XML part of a zipped sheet, unpacked in bounded pieces.

    Sizes that the archive declares are not believed.

    Raises:
        DataError: together they are over the limit, or the archive is broken.
    """
    budget = limits.max_file_mb * MEGABYTE
    members: list[tuple[str, bytes]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                content = _inflate_member(data, info, budget)
                budget -= len(content)
                members.append((info.filename, content if info.filename.endswith(".xml") else b""))
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError):
        raise broken("spreadsheet") from None
    return members


def broken(what: str) -> DataError:
    """The error for a damaged file."""
    return DataError(
        f"The {what} cannot be read", received="a damaged or incomplete file", remedy="Save it again and retry"
    )


def _gunzip(data: bytes, limits: Settings) -> bytes:
    """The content of all members of a gzip file, which may be several, one after the other."""
    output, view, at, members = io.BytesIO(), memoryview(data), 0, 0
    while data.startswith(GZIP_MAGIC, at):
        members += 1
        if members > _MOST_MEMBERS:  # millions of empty ones would take hours
            raise broken("gzip file")
        stream = zlib.decompressobj(wbits=31)
        while not stream.eof:
            taken = view[at : at + _TAKEN]
            try:
                piece = stream.decompress(taken, _PIECE)
            except zlib.error:
                raise broken("gzip file") from None
            used = len(taken) - len(stream.unconsumed_tail) - len(stream.unused_data)
            if not piece and not used and not stream.eof:
                raise broken("gzip file")
            at += used
            _refuse_large_output(output.tell() + len(piece), limits)
            output.write(piece)
    return output.getvalue()


def _refuse_large_output(size: int, limits: Settings) -> None:
    if size > limits.max_file_mb * MEGABYTE:
        raise DataError(
            f"The file is larger than {limits.max_file_mb} MB once unpacked",
            remedy="Upload a smaller part of it, or raise SEQLAB_MAX_FILE_MB",
        )


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise broken("spreadsheet or ZIP archive") from None
    if "content.xml" in names or any(re.fullmatch(r"xl/workbook\.(xml|bin)", name) for name in names):
        return Kind.SHEET
    what = "a Word or PowerPoint file" if "[Content_Types].xml" in names else "a ZIP archive; unpack it first"
    raise not_a_table(what)


def _inflate_member(data: bytes, info: zipfile.ZipInfo, budget: int) -> bytes:
    start = info.header_offset
    start += 30 + int.from_bytes(data[start + 26 : start + 28], "little")  # local header, then its name ...
    start += int.from_bytes(
        data[info.header_offset + 28 : info.header_offset + 30], "little"
    )  # ... and its extra field
    packed = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        content = zlib.decompressobj(wbits=-15).decompress(packed, budget + 1)
    else:
        raise NotImplementedError(info.compress_type)
    if len(content) > budget:
        raise DataError(
            "The spreadsheet is too large once unpacked",
            received=f"{len(data) / MEGABYTE:.1f} MB that unpack to far more",
            remedy="Save it as CSV, or raise SEQLAB_MAX_FILE_MB",
        )
    return content
