"""20 Newsgroups from its archive, with headers, footers and quotes left out as scikit-learn leaves them out.

The archive is the one that `sklearn.datasets.fetch_20newsgroups` fetches, from the same place and with the same
checksum. Its loader is not called, because it keeps what it has read as a pickle.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from seqcore.datasets.catalogue.hub import refuse_another_file, unreachable
from seqcore.datasets.formats.tarred import tar_members
from seqcore.datasets.formats.unpacking import pieces_of
from seqcore.datasets.size_limits import MEGABYTE
from seqcore.errors import DataError, OptionError
from seqcore.settings import Settings

_SECONDS = 20.0  # without a byte
_PIECE = MEGABYTE // 4
_QUOTE = re.compile(r"(writes in|writes:|wrote:|says:|said:|^In article|^Quoted from|^\||^>)")
_PARTS = {"20news-bydate-train": "train", "20news-bydate-test": "test"}
Rows = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Newsgroups:
    """Where the archive is.

    Attributes:
        address: Of the archive.
        sha256: Of its content.
        size: Its bytes; 0: whatever it has.
        remove: What of a post is left out: "headers", "footers", "quotes".
    """

    address: str
    sha256: str
    size: int = 0
    remove: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is kept under."""
        return "-".join(("20newsgroups", *self.remove))


NEWSGROUPS = Newsgroups(
    "https://ndownloader.figshare.com/files/5975967",
    "8f1b2514ca22a5ade8fbb9cfa5727df95fa587f4c87b786e15c759fa66d95610",
)


def download_archive(source: Newsgroups, file: Path, most_bytes: int) -> None:
    """Fetch the archive and compare its checksum.

    Raises:
        DataError: it cannot be fetched, is larger than may be, or is another file than was promised.
    """
    request = urllib.request.Request(source.address, headers={"User-Agent": "sequence-lab"})
    try:
        with closing(urllib.request.urlopen(request, timeout=_SECONDS)) as answer, file.open("wb") as kept:
            left = most_bytes
            while piece := answer.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise DataError("The archive is larger than a file may be", remedy="Raise SEQLAB_MAX_FILE_MB")
                kept.write(piece)
    except (OSError, urllib.error.URLError) as error:
        raise unreachable("The place where 20 Newsgroups is kept", error) from None
    refuse_another_file(file, source.size, source.sha256)


def read_archive(data: bytes, remove: Iterable[str], limits: Settings) -> Rows:
    """Text, newsgroup and part of every post, in the order of the archive.

    Args:
        data: The archive, 20news-bydate.tar.gz.
        remove: "headers", "footers", "quotes".
        limits: The largest file.

    Raises:
        DataError: it is damaged, or another archive.
        OptionError: something else is to be removed.
    """
    remove = tuple(remove)
    check_removed(remove)
    found: Rows = []
    for name, content in tar_members(pieces_of(data) or iter([data]), _is_post, limits):
        part, group, _ = name.rsplit("/", 2)
        found.append((without(content.decode("latin-1"), remove), group, _PARTS[part.rpartition("/")[2]]))
    if {part for _, _, part in found} != {"train", "test"}:
        raise DataError(
            "That is not the archive of 20 Newsgroups by date",
            received=f"{len(found):,} posts in its folders",
            remedy="Give 20news-bydate.tar.gz",
        )
    return found


def check_removed(remove: Iterable[str]) -> None:
    """Refuse what cannot be removed.

    Raises:
        OptionError: something else than headers, footers and quotes.
    """
    unknown = [each for each in remove if each not in _REMOVERS]
    if unknown:
        raise OptionError(
            "That cannot be removed from posts",
            received=repr(unknown[0][:40]),
            remedy=f"Choose: {', '.join(_REMOVERS)}",
        )


def without(post: str, remove: Iterable[str]) -> str:
    """A post without its headers, footer or quotes, as scikit-learn leaves them out; always in this order."""
    wanted = set(remove)
    for name, take_out in _REMOVERS.items():
        if name in wanted:
            post = take_out(post)
    return post


def _without_headers(post: str) -> str:
    return post.partition("\n\n")[2]


def _without_footers(post: str) -> str:
    """Without what stands behind the last line that is empty or made of hyphens, if that is not the first one."""
    lines = post.strip().split("\n")
    last = next((at for at in reversed(range(len(lines))) if not lines[at].strip().strip("-")), 0)
    return "\n".join(lines[:last]) if last > 0 else post


def _without_quotes(post: str) -> str:
    return "\n".join(line for line in post.split("\n") if not _QUOTE.search(line))


_REMOVERS: dict[str, Callable[[str], str]] = {
    "headers": _without_headers, "footers": _without_footers, "quotes": _without_quotes,
}  # fmt: skip
REMOVABLE = tuple(_REMOVERS)


def _is_post(name: str) -> bool:
    parts = name.split("/")
    return len(parts) >= 3 and parts[-3] in _PARTS and bool(parts[-1])
