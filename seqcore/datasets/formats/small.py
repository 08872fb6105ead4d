"""Whether a file is small enough to be read at once, by its bytes as they are counted and not by what it says."""

from __future__ import annotations

from seqcore.datasets.formats.registry import formats
from seqcore.datasets.formats.tarred import opens_like_tar
from seqcore.datasets.formats.unpacking import opening, pieces_of
from seqcore.datasets.formats.zipped import ZIP_MAGIC
from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError

SMALL = 1 * MEGABYTE  # unpacked; it is read in less time than another process takes to be told to


def is_small(data: bytes) -> bool:
    """Whether it is a text of a megabyte at most, compressed once or not; archives and native formats never are."""
    pieces = pieces_of(data)
    if pieces is None:
        return len(data) <= SMALL and _is_plain(data)
    if len(data) > SMALL or opens_like_tar(opening(data)):
        return False
    unpacked = b""
    try:
        for piece in pieces:
            unpacked += piece
            if len(unpacked) > SMALL:
                return False
    except DataError:  # it is broken there: whoever reads it says so
        return True
    return _is_plain(unpacked)


def _is_plain(data: bytes) -> bool:
    native = tuple(
        magic for file_format in formats(labelled=False) if file_format.confined for magic in file_format.magic
    )
    return not data.startswith((ZIP_MAGIC, *native)) and pieces_of(data) is None and not opens_like_tar(data[:1024])
