"""The files of an archive, under names that are safe to show: which can be read, and which one is taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seqcore.datasets.formats.parts import in_quotes, part_of_name
from seqcore.datasets.formats.registry import formats, get_format
from seqcore.datasets.formats.unpacking import extension_of
from seqcore.datasets.table import safe_name
from seqcore.errors import DataError

_TEXTS = ("txt", "text", "", "md", "eml", "pos", "neg")
_NOTICE = re.compile(
    r"[^/]*read\W?me[^/]*|(licen[cs]e|copying|changelog|changes|citation|notice|manifest|sha\d*sums?|md5sums?)(\.\w+)?",
    re.IGNORECASE,
)
_UNLABELLED = re.compile(r"unsup(ervised)?|unlabel+ed|no\W?labels?", re.IGNORECASE)
_LONGEST_PATH = 300  # characters


@dataclass(frozen=True, eq=False)
class Member:
    """A file of an archive.

    Attributes:
        folders: Names of the folders around it, the outermost first.
        file: Its own name.
        data: Its bytes.
    """

    folders: tuple[str, ...]
    file: str
    data: bytes

    @property
    def name(self) -> str:
        """Folders and name, as a person chooses it."""
        return "/".join((*self.folders, self.file))

    @property
    def folder(self) -> str:
        """The folder that it lies in; "" for none."""
        return self.folders[-1] if self.folders else ""

    @property
    def stem(self) -> str:
        """Its name up to the first dot."""
        return self.file.partition(".")[0]

    @property
    def extension(self) -> str:
        """As of every file: "csv" for "a.csv.gz"."""
        return extension_of(self.file)

    @property
    def is_archive(self) -> bool:
        """Whether it is one itself, by its name."""
        return self.extension in get_format("archive").extensions

    @property
    def is_text(self) -> bool:
        """Whether it may be one text: its name has no end, a number, or one of text."""
        return self.extension in _TEXTS or self.extension.isdecimal()


def wanted(path: str) -> bool:
    """Whether a file may hold texts, by its name: none that is hidden or has no label, no picture, no program."""
    if len(path) > _LONGEST_PATH:
        return False
    parts = _parts(path)
    if not parts or any(part.startswith((".", "__MACOSX")) or _UNLABELLED.fullmatch(part) for part in parts):
        return False
    extension = extension_of(parts[-1])
    tables = {known for found in formats() for known in found.extensions}
    return extension in tables or extension in _TEXTS or extension.isdecimal()


def _parts(path: str) -> list[str]:
    return [part for part in re.split(r"[/\\]", path) if part not in ("", ".", "..")]


def kept_members(files: Iterable[tuple[str, bytes]]) -> list[Member]:
    """The files with something in them.

    Raises:
        DataError: there is none.
    """
    members = []
    for path, data in files:
        *folders, file = map(safe_name, _parts(path))
        if data:
            members.append(Member(tuple(folders), file, data))
    if not members:
        raise DataError(
            "No file in the archive can be read",
            received="an archive without tables and texts",
            remedy="Pack a table of texts and labels, or a folder of text files for each label",
        )
    return members


def without_notices(members: Sequence[Member]) -> list[Member]:
    """The members without what is said about them: licences, read-me files."""
    return [member for member in members if not _NOTICE.fullmatch(member.file)]


def likeliest_first(members: Sequence[Member]) -> list[Member]:
    """The files by how likely they are the data: for training, a table by its name, the largest."""
    return sorted(
        members,
        key=lambda one: (part_of_name(one.stem) == "train", not one.is_archive, not one.is_text, len(one.data)),
        reverse=True,
    )


def member_of_name(members: Sequence[Member], name: str) -> Member:
    """The file of that name, with or without its folders.

    Raises:
        DataError: there is none.
    """
    for member in members:
        if name in (member.name, member.file):
            return member
    raise DataError(
        f"There is no file “{name[:60]}” in the archive",
        remedy=f"Choose from: {in_quotes([member.name for member in members], most=20)}",
    )
