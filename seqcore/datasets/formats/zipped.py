"""ZIP archives unpacked in bounded pieces; what they say of their own sizes is not believed."""

from __future__ import annotations

import io
import zipfile
import zlib

from seqcore.datasets.formats.refusals import broken
from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError
from seqcore.settings import Settings

ZIP_MAGIC = b"PK\x03\x04"


def member_names(data: bytes) -> set[str]:
    """Names of the files in a ZIP archive; nothing is unpacked.

    Raises:
        DataError: the archive is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise broken("a spreadsheet or a ZIP archive") from None


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
                budget -= len(content)
                members.append((info.filename, content if info.filename.endswith(".xml") else b""))
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError):
        raise broken("a spreadsheet") from None
    return members


def _unpacked(data: bytes, info: zipfile.ZipInfo, budget: int) -> bytes:
    """The content of one member.

    Raises:
        DataError: it is longer than the budget.
    """
    start = _content_start(data, info)
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


def _content_start(data: bytes, info: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin: after the local header of 30 bytes, the name and the extra field."""
    header = info.header_offset
    name_length = int.from_bytes(data[header + 26 : header + 28], "little")
    extra_length = int.from_bytes(data[header + 28 : header + 30], "little")
    return header + 30 + name_length + extra_length
