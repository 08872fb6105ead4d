"""ZIP archives unpacked in bounded pieces; what they say of their own sizes is not believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from seqcore.datasets.formats.refusals import broken
from seqcore.datasets.formats.tarred import MOST_MEMBERS, too_large
from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError
from seqcore.settings import Settings

ZIP_MAGIC = b"PK\x03\x04"
_ENTRY_MAGIC = b"PK\x01\x02"  # one per file, in the list at the end
_ENCRYPTED = 0x1  # a bit of the flags
_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError)


def member_names(data: bytes) -> set[str]:
    """Names of the files in a ZIP archive; nothing is unpacked.

    Raises:
        DataError: the archive is broken, or has too many files.
    """
    _refuse_many_members(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except _BROKEN:
        raise broken("a spreadsheet or a ZIP archive") from None


def zip_members(data: bytes, wanted: Callable[[str], bool], limits: Settings) -> Iterator[tuple[str, bytes]]:
    """Name and content of each wanted file.

    Raises:
        DataError: damaged, protected by a password, too many files, or too large.
    """
    _refuse_many_members(data)
    budget = limits.max_file_mb * MEGABYTE
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if info.is_dir() or not wanted(info.filename):
                    continue
                if info.flag_bits & _ENCRYPTED:
                    raise DataError("The archive is protected by a password", remedy="Pack it without one")
                content = _unpacked(data, info, budget)
                if content is None:
                    raise too_large(limits)
                if zlib.crc32(content) != info.CRC:
                    raise broken("a ZIP archive")
                budget -= len(content)
                yield info.filename, content
    except _BROKEN:
        raise broken("a ZIP archive") from None


def xml_members(data: bytes, *, limits: Settings) -> list[tuple[str, bytes]]:
    """Name and content of each XML part of a zipped sheet; of other parts the name alone, though they count too.

    Raises:
        DataError: together they are over the limit, or the archive is broken.
    """
    budget = limits.max_file_mb * MEGABYTE
    members: list[tuple[str, bytes]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                content = _unpacked(data, info, budget)
                if content is None:
                    raise DataError(
                        "The spreadsheet is too large once unpacked",
                        received=f"{len(data) / MEGABYTE:.1f} MB that unpack to far more",
                        remedy="Save it as CSV, or raise SEQLAB_MAX_FILE_MB",
                    )
                budget -= len(content)
                members.append((info.filename, content if info.filename.endswith(".xml") else b""))
    except _BROKEN:
        raise broken("a spreadsheet") from None
    return members


def _refuse_many_members(data: bytes) -> None:
    """Before Python makes an object of each."""
    if data.count(_ENTRY_MAGIC) > MOST_MEMBERS:
        raise DataError(
            f"The archive has more than {MOST_MEMBERS:,} files", remedy="Pack the files with the texts and labels only"
        )


def _unpacked(data: bytes, info: zipfile.ZipInfo, budget: int) -> bytes | None:
    """The content of one member; None when it is longer than the budget."""
    start = _content_start(data, info)
    packed = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        content = zlib.decompressobj(wbits=-15).decompress(packed, budget + 1)
    else:
        raise NotImplementedError(info.compress_type)
    return None if len(content) > budget else content


def _content_start(data: bytes, info: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin: after the local header of 30 bytes, the name and the extra field."""
    header = info.header_offset
    name_length = int.from_bytes(data[header + 26 : header + 28], "little")
    extra_length = int.from_bytes(data[header + 28 : header + 30], "little")
    return header + 30 + name_length + extra_length
