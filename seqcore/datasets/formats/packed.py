"""The files in a ZIP or tar archive, compressed or not: those that are wanted, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seqcore.datasets.formats.tarred import opens_like_tar, tar_members
from seqcore.datasets.formats.unpacking import opening, pieces_of
from seqcore.datasets.formats.zipped import ZIP_MAGIC, zip_members
from seqcore.settings import Settings


def is_packed(data: bytes) -> bool:
    """Whether it is a ZIP or a tar archive, to judge by how it begins."""
    return data.startswith(ZIP_MAGIC) or opens_like_tar(opening(data))


def packed_files(data: bytes, wanted: Callable[[str], bool], limits: Settings) -> Iterator[tuple[str, bytes]]:
    """Path and content of the files of an archive that are wanted by their paths.

    Raises:
        DataError: it is damaged, protected or too large.
    """
    if data.startswith(ZIP_MAGIC):
        return zip_members(data, wanted, limits)
    return tar_members(pieces_of(data) or iter((data,)), wanted, limits)
