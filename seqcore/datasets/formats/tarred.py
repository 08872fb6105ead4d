"""Tar archives read from one end to the other; only the files that are wanted are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seqcore.datasets.formats.refusals import broken
from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError
from seqcore.settings import Settings

MOST_MEMBERS = 300_000  # the large film review set has 100,000 files
_BLOCK = 512  # bytes
_LONGEST_RECORD = 1 * MEGABYTE  # of a long name, or of the extended header before a file
_TIMES_KEPT = 10  # an archive may be so many times as large as what is kept of it
_WHAT = "a tar archive"


def opens_like_tar(data: bytes) -> bool:
    """Whether some bytes begin with the header of a tar archive."""
    return data[257:262] == b"ustar" and _checksum_fits(data[:_BLOCK])


def tar_members(
    pieces: Iterator[bytes], wanted: Callable[[str], bool], limits: Settings
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each wanted file.

    Args:
        pieces: The bytes of the archive, unpacked.
        wanted: Whether a file of that name is kept.
        limits: The largest size of all that is kept.

    Raises:
        DataError: damaged, too many files, or too large.
    """
    budget = limits.max_file_mb * MEGABYTE
    stream = _Stream(pieces, _TIMES_KEPT * budget)
    long_name = ""
    for _ in range(MOST_MEMBERS):
        header = stream.read(_BLOCK)
        if not header.strip(b"\0"):
            return
        if not _checksum_fits(header):
            raise broken(_WHAT)
        kind, size = header[156:157], _number(header[124:136])
        if kind in (b"L", b"x"):
            long_name = _long_name(kind, stream.read_padded(size, _LONGEST_RECORD)) or long_name
            continue
        name = long_name or _short_name(header)
        if kind not in (b"0", b"\0", b"7") or not wanted(name):
            stream.skip_padded(size)
        else:
            budget -= size
            if budget < 0:
                raise too_large(limits)
            yield name, stream.read_padded(size, size)
        if kind not in (b"g", b"K"):  # what belongs to the next file as well
            long_name = ""
    raise DataError(
        f"The archive has more than {MOST_MEMBERS:,} files", remedy="Pack the files with the texts and labels only"
    )


def too_large(limits: Settings) -> DataError:
    """The error for an archive that unpacks to more than allowed."""
    return DataError(
        f"The archive is larger than {limits.max_file_mb} MB once unpacked",
        remedy="Pack the files with the texts and labels only, or raise SEQLAB_MAX_FILE_MB",
    )


class _Stream:
    """Bytes that come in pieces, read in blocks."""

    def __init__(self, pieces: Iterator[bytes], most: int) -> None:
        self._pieces = pieces
        self._left = most
        self._waiting = memoryview(b"")  # its slices copy nothing

    def read(self, size: int) -> bytes:
        """So many bytes; fewer at the end of an archive without an end."""
        parts: list[memoryview] = []
        missing = size
        while missing:
            if not self._waiting and not self._fetch():
                break
            part, self._waiting = self._waiting[:missing], self._waiting[missing:]
            parts.append(part)
            missing -= len(part)
        if 0 < missing < size:
            raise broken(_WHAT)
        return b"".join(parts)

    def read_padded(self, size: int, most: int) -> bytes:
        if size > most:
            raise broken(_WHAT)
        content = self.read(size)
        if len(content) < size:
            raise broken(_WHAT)
        self.read(-size % _BLOCK)
        return content

    def skip_padded(self, size: int) -> None:
        missing = size + -size % _BLOCK
        while missing:
            if not self._waiting and not self._fetch():
                raise broken(_WHAT)
            dropped = min(missing, len(self._waiting))
            self._waiting = self._waiting[dropped:]
            missing -= dropped

    def _fetch(self) -> bool:
        for piece in self._pieces:
            self._left -= len(piece)
            if self._left < 0:
                raise DataError(
                    "The archive unpacks to far more than it shows",
                    remedy="Pack the files with the texts and labels only",
                )
            if piece:
                self._waiting = memoryview(piece)
                return True
        return False


def _checksum_fits(header: bytes) -> bool:
    if len(header) < _BLOCK:
        return False
    try:
        said = int(header[148:156].strip(b" \0") or b"0", 8)
    except ValueError:
        return False
    return said == sum(header) - sum(header[148:156]) + 8 * 32  # as if spaces stood in its place


def _number(field: bytes) -> int:
    """Octal digits, or, when the first bit is set, a number of eleven bytes."""
    if field[0] & 0x80:
        return int.from_bytes(field[1:], "big")
    try:
        size = int(field.strip(b" \0") or b"0", 8)
    except ValueError:
        raise broken(_WHAT) from None
    if size < 0:
        raise broken(_WHAT)
    return size


def _short_name(header: bytes) -> str:
    name, prefix = header[:100].split(b"\0")[0], header[345:500].split(b"\0")[0]
    posix = header[257:263] == b"ustar\0" and prefix
    return ((prefix + b"/" if posix else b"") + name).decode("utf-8", "replace")


def _long_name(kind: bytes, record: bytes) -> str:
    """The name in the record of GNU's tar, or in the header of lines "23 path=folder/name" that POSIX has."""
    if kind == b"L":
        return record.split(b"\0")[0].decode("utf-8", "replace")
    at = 0
    while at < len(record):
        length, space, _ = record[at : at + 12].partition(b" ")
        if not space or not length.isdigit() or not 0 < int(length) <= len(record) - at:
            return ""
        key, _, value = record[at + len(length) + 1 : at + int(length)].rstrip(b"\n").partition(b"=")
        if key == b"path":
            return value.decode("utf-8", "replace")
        at += int(length)
    return ""
