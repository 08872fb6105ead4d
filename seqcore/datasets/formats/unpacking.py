"""Compressed files unpacked in bounded pieces, never more than the limit in memory."""

from __future__ import annotations

import io
import re
import zlib

from seqcore.datasets.formats.refusals import broken, empty
from seqcore.datasets.size_limits import MEGABYTE, refuse_large_file
from seqcore.errors import DataError
from seqcore.settings import Settings

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_EXTENSIONS = ("gz", "gzip")
_UNPACKED_AT_A_TIME = 1 * MEGABYTE
_PACKED_AT_A_TIME = 64 * 1024  # bytes
_MOST_MEMBERS = 50_000  # bgzip begins a new one every 64 kB of text
_MOST_LAYERS = 2  # .csv.gz inside .gz happens by accident; deeper is no accident


def extension_of(name: str) -> str:
    """The extension without a final .gz, in lower case: 'csv' for 'a.CSV.gz'; "" for what is no usual extension."""
    parts = name.lower().rsplit(".", 2)
    if len(parts) > 1 and parts[-1] in _GZIP_EXTENSIONS:
        parts.pop()
    usual = len(parts) > 1 and re.fullmatch(r"[a-z0-9]{1,10}", parts[-1])  # it goes to another process
    return parts[-1] if usual else ""


def unpack(data: bytes, *, limits: Settings) -> bytes:
    """The bytes without gzip around them.

    Raises:
        DataError: the file is empty, over the limit before or after unpacking, or broken.
    """
    for _ in range(_MOST_LAYERS):
        refuse_large_file(len(data), limits)
        if not data.startswith(_GZIP_MAGIC):
            break
        data = _unpack_gzip(data, limits)
    if not data.strip(b" \t\r\n\0"):
        raise empty(len(data))
    return data


def _unpack_gzip(data: bytes, limits: Settings) -> bytes:
    """The content of all members of a gzip file, which may be several, one after the other."""
    output, view, at, members = io.BytesIO(), memoryview(data), 0, 0
    while data.startswith(_GZIP_MAGIC, at):
        members += 1
        if members > _MOST_MEMBERS:  # millions of empty ones would take hours
            raise broken("a gzip file")
        stream = zlib.decompressobj(wbits=31)
        while not stream.eof:
            taken = view[at : at + _PACKED_AT_A_TIME]
            try:
                piece = stream.decompress(taken, _UNPACKED_AT_A_TIME)
            except zlib.error:
                raise broken("a gzip file") from None
            used = len(taken) - len(stream.unconsumed_tail) - len(stream.unused_data)
            if not piece and not used and not stream.eof:
                raise broken("a gzip file")
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
