"""Archives: the one table in them, the one a person chose, the parts of a split, or a folder per label."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.files_of_classes import table_of_classes, table_of_pairs
from seqcore.datasets.formats.foreign import is_document
from seqcore.datasets.formats.labelled_folders import table_of_folders
from seqcore.datasets.formats.members import (
    Member,
    kept_members,
    likeliest_first,
    member_of_name,
    wanted,
    without_notices,
)
from seqcore.datasets.formats.packed import packed_files
from seqcore.datasets.formats.parts import in_quotes, join_parts, part_of_name
from seqcore.datasets.formats.read_as import Alternative, HowRead, ReadAs
from seqcore.datasets.formats.registry import Certainty, register
from seqcore.datasets.formats.tarred import opens_like_tar
from seqcore.datasets.formats.unpacking import opening, unpack
from seqcore.datasets.formats.zipped import ZIP_MAGIC, member_names
from seqcore.datasets.table import RawTable
from seqcore.errors import DataError
from seqcore.settings import Settings

_EXTENSIONS = ("zip", "tar", "tgz", "tbz2", "tbz", "txz", "tzst")
_OFFERED, _TRIED = 12, 5  # files to take by one press, and to read until one is a table


def is_archive(content: Content) -> Certainty:
    """Whether it is a tar archive, or a ZIP archive that no program uses for a document of its own.

    Raises:
        DataError: the archive is broken.
    """
    if content.data.startswith(ZIP_MAGIC):
        return Certainty.NONE if is_document(member_names(content.data)) else Certainty.CERTAIN
    return Certainty.CERTAIN if opens_like_tar(opening(content.data)) else Certainty.NONE


@register(
    "archive",
    labels=("ZIP", "tar"),
    content="an archive",
    extensions=_EXTENSIONS,
    magic=(b"",),  # a tar archive begins with the name of its first file
    recognise=is_archive,
)
def read_archive(content: Content, limits: Settings, read_as: ReadAs) -> RawTable:
    """The table in an archive.

    A folder per label, with a text per file, is one table; files named after the parts of a split are another. Else the
    file that a person chose, or the likeliest.

    Raises:
        DataError: damaged, protected, too large, or without a file that can be read.
    """
    return _read(content, limits, read_as, inner=False)


def _read(content: Content, limits: Settings, read_as: ReadAs, *, inner: bool) -> RawTable:
    members = kept_members(packed_files(content.data, wanted, limits))
    texts = without_notices(members)
    if len(texts) == 1 and texts[0].is_archive and not inner:
        return _read(Content(unpack(texts[0].data, limits=limits)), limits, read_as, inner=True)
    if read_as.member is None:
        whole = (
            table_of_folders(texts, read_as, limits)
            or table_of_pairs(texts, limits, read_as)
            or _parts_of_a_split(texts, limits, read_as)
            or table_of_classes(texts, limits, read_as)
        )
        if whole:
            return replace(whole, how=_how(whole.how, None, members, read_as))
    if read_as.member is None:
        member, table = _likeliest(texts or members, limits, read_as)
    else:
        member = member_of_name(members, read_as.member)
        table = _read_member(member, limits, read_as)
    notes = [_taken_note(member, texts)] if len(texts) > 1 else []
    return replace(table, notes=[*notes, *table.notes], how=_how(table.how, member.name, members, read_as))


def _likeliest(members: Sequence[Member], limits: Settings, read_as: ReadAs) -> tuple[Member, RawTable]:
    """The likeliest file that can be read, and its table; the error of the likeliest when none can."""
    first, *others = likeliest_first(members)[:_TRIED]
    try:
        return first, _read_member(first, limits, read_as)
    except DataError:
        for member in others:
            with suppress(DataError):
                return member, _read_member(member, limits, read_as)
        raise


def _parts_of_a_split(members: Sequence[Member], limits: Settings, read_as: ReadAs) -> RawTable | None:
    parts = {member: part for member in members if (part := part_of_name(member.stem) or part_of_name(member.folder))}
    if "train" not in parts.values() or len(set(parts.values())) < 2:
        return None
    try:
        tables = {member: _read_member(member, limits, read_as) for member in parts}
    except DataError:  # one of them is no table: a person chooses
        return None
    columns = next(set(tables[member].columns) for member, part in parts.items() if part == "train")
    alike = [member for member in parts if set(tables[member].columns) == columns]
    if {parts[member] for member in alike} <= {"train"}:
        return None
    whole = join_parts([tables[member] for member in alike], [parts[member] for member in alike])
    notes = [f"The files {in_quotes([member.name for member in alike])} were read as the parts of a split"]
    others = [member.name for member in parts if member not in alike]
    notes += [f"{in_quotes(others)} has other columns and was left out"] if len(others) == 1 else []
    notes += [f"{in_quotes(others)} have other columns and were left out"] if len(others) > 1 else []
    return whole and replace(whole, notes=[*notes, *whole.notes])


def _read_member(member: Member, limits: Settings, read_as: ReadAs) -> RawTable:
    """The table in one file.

    Raises:
        DataError: it cannot be read; what it is stands in the error.
    """
    from seqcore.datasets.formats.parse import read_table  # which reads archives by this file

    inner = Content(unpack(member.data, limits=limits))
    if is_archive(inner):  # one may hold itself
        raise DataError(
            "There is an archive in the archive", received=member.name, remedy="Unpack it and upload what is in it"
        )
    table = read_table(member.data, member.file, limits=limits, read_as=replace(read_as, member=None))
    columns = {str(name): table.frame[name].tolist() for name in table.frame.columns}
    others = tuple(
        replace(other, read_as=replace(other.read_as, member=read_as.member)) for other in table.how.alternatives
    )
    return RawTable(columns, table.frame.index.tolist(), list(table.notes), replace(table.how, alternatives=others))


def _taken_note(taken: Member, members: Sequence[Member]) -> str:
    others = in_quotes([member.name for member in members if member is not taken])
    return f"Read from “{taken.name}” in the archive; choose {others} under “How the file was read”, or with --member"


def _how(how: HowRead, taken: str | None, members: Sequence[Member], read_as: ReadAs) -> HowRead:
    names = tuple(member.name for member in members)
    others = [
        Alternative(f"File “{name[-40:]}”", replace(read_as, member=name)) for name in names[:_OFFERED] if name != taken
    ]
    few = len(names) <= _OFFERED
    return replace(
        how,
        member=taken,
        members=names if len(names) <= 200 else (),
        alternatives=(*how.alternatives, *(others if few else ())),
    )
