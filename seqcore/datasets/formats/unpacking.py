"""Compressed files unpacked in bounded pieces, never more than the limit in memory."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator

from seqcore.datasets.formats.refusals import broken, empty
from seqcore.datasets.formats.tarred import opens_like_tar
from seqcore.datasets.size_limits import MEGABYTE, refuse_large_file
from seqcore.errors import DataError
from seqcore.settings import Settings

_EXTENSIONS = ("gz", "gzip", "bz2", "xz", "zst", "zstd")
_UNPACKED_AT_A_TIME = 1 * MEGABYTE
_PACKED_AT_A_TIME = 64 * 1024  # bytes
_MOST_MEMBERS = 50_000  # bgzip begins a new one every 64 kB of text
_MOST_LAYERS = 2  # .csv.gz inside .gz happens by accident; deeper is no accident
_XZ_MEMORY = 256 * MEGABYTE  # what the strongest setting of xz needs, and more; a file may ask for gigabytes


def extension_of(name: str) -> str:
    """The extension without a final .gz or the like, in lower case: 'csv' for 'a.CSV.gz'; "" for no usual one."""
    parts = name.lower().rsplit(".", 2)
    if len(parts) > 1 and parts[-1] in _EXTENSIONS:
        parts.pop()
    usual = len(parts) > 1 and re.fullmatch(r"[a-z0-9]{1,10}", parts[-1])  # it goes to another process
    return parts[-1] if usual else ""


def unpack(data: bytes, *, limits: Settings) -> bytes:
    """The bytes without compression around them; a tar archive stays compressed, for most of it may not be needed.

    Raises:
        DataError: the file is empty, over the limit before or after unpacking, or broken.
    """
    for _ in range(_MOST_LAYERS):
        refuse_large_file(len(data), limits)
        pieces = pieces_of(data)
        if pieces is None or opens_like_tar(opening(data)):
            break
        data = _joined(pieces, limits)
    if not data.strip(b" \t\r\n\0"):
        raise empty(len(data))
    return data


def pieces_of(data: bytes) -> Iterator[bytes] | None:
    """The unpacked bytes of a compressed file, a megabyte at a time; None when it is not compressed.

    Raises:
        DataError: when a piece is asked for that is broken.
    """
    readers = {
        b"\x1f\x8b": _gzip_pieces,
        b"BZh": lambda packed: _stream_pieces(packed, b"BZh", bz2.BZ2Decompressor, "a bzip2 file"),
        b"\xfd7zXZ\0": lambda packed: _stream_pieces(packed, b"\xfd7zXZ\0", _xz_decompressor, "an xz file"),
        b"\x28\xb5\x2f\xfd": _zstandard_pieces,
    }
    return next((read(data) for magic, read in readers.items() if data.startswith(magic)), None)


def opening(data: bytes) -> bytes:
    """The first piece of a file, unpacked if it is compressed; less than a megabyte."""
    pieces = pieces_of(data)
    return data[:_PACKED_AT_A_TIME] if pieces is None else next(pieces, b"")


def _joined(pieces: Iterator[bytes], limits: Settings) -> bytes:
    output = io.BytesIO()
    for piece in pieces:
        if output.tell() + len(piece) > limits.max_file_mb * MEGABYTE:
            raise DataError(
                f"The file is larger than {limits.max_file_mb} MB once unpacked",
                remedy="Upload a smaller part of it, or raise SEQLAB_MAX_FILE_MB",
            )
        output.write(piece)
    return output.getvalue()


def _gzip_pieces(data: bytes) -> Iterator[bytes]:
    """The content of all members of a gzip file, which may be several, one after the other."""
    view, at, members = memoryview(data), 0, 0
    while data.startswith(b"\x1f\x8b", at):
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
            yield piece


def _stream_pieces(
    data: bytes, magic: bytes, new: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor], what: str
) -> Iterator[bytes]:
    """The content of all streams of a bzip2 or xz file; what follows the last is no stream and left out."""
    view, at, streams = memoryview(data), 0, 0
    while data.startswith(magic, at):
        streams += 1
        if streams > _MOST_MEMBERS:
            raise broken(what)
        stream = new()
        while not stream.eof:
            taken = bytes(view[at : at + _PACKED_AT_A_TIME]) if stream.needs_input else b""
            if stream.needs_input and not taken:
                raise broken(what)
            at += len(taken)
            try:
                yield stream.decompress(taken, _UNPACKED_AT_A_TIME)
            except (OSError, EOFError, ValueError, lzma.LZMAError):
                raise broken(what) from None
        at -= len(stream.unused_data)


def _xz_decompressor() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)


def _zstandard_pieces(data: bytes) -> Iterator[bytes]:
    import pyarrow as pa

    try:
        with pa.input_stream(pa.BufferReader(data), compression="zstd") as stream:
            while piece := stream.read(_UNPACKED_AT_A_TIME):
                yield piece
    except (OSError, ValueError, MemoryError):
        raise broken("a Zstandard file") from None
