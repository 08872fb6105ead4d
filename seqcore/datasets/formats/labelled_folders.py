"""Archives with a folder for each label and a file for each text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from seqcore.datasets.cells import clean_cell
from seqcore.datasets.formats.encoding import decode
from seqcore.datasets.formats.members import Member
from seqcore.datasets.formats.parts import in_quotes, part_of_name
from seqcore.datasets.formats.read_as import HowRead, ReadAs
from seqcore.datasets.size_limits import MEGABYTE, refuse_too_many_rows
from seqcore.datasets.table import RawTable
from seqcore.settings import Settings

_MOSTLY = 0.8  # share of files that must be texts in folders
_TEXTS_A_LABEL = 2.0  # on average; one file a folder is rather a table a year


def table_of_folders(members: Sequence[Member], read_as: ReadAs, limits: Settings) -> RawTable | None:
    """A row for each text file: its text, its label, its part of the split if folders say it, its name.

    None when the folders are no labels.

    Raises:
        DataError: more texts than the settings allow, or bytes that are no text.
    """
    texts = [member for member in members if member.is_text and member.folders]
    if not texts or len(texts) < _MOSTLY * len(members):
        return None
    labels = folder_labels(texts)
    known = Counter(label for label in labels if label)
    if len(known) < 2 or known.total() < max(_TEXTS_A_LABEL * len(known), _MOSTLY * len(texts)):
        return None
    labelled = [(member, label) for member, label in zip(texts, labels, strict=True) if label]
    refuse_too_many_rows(len(labelled), limits)
    files = [member for member, _ in labelled]
    cells, encoding, notes = _decoded(files, read_as.encoding)
    columns: dict[str, list[str | None]] = {"text": cells, "label": [label for _, label in labelled]}
    parts = [part_of_folders(member) for member in files]
    if "train" in parts and len(set(parts) - {None}) > 1:
        columns["split"] = parts
    columns["file"] = [member.name for member in files]
    said = [f"Each file is a text, and its folder is its label: {in_quotes(list(known))}"]
    left_out = len(members) - len(labelled)
    if left_out:
        said.append(f"{left_out:,} files that lie in no folder of a label were left out")
    return RawTable(columns, range(1, len(files) + 1), [*said, *notes], HowRead(encoding=encoding))


def folder_labels(texts: Sequence[Member]) -> list[str | None]:
    """The innermost folder of each file that is no part of a split and not around all of them."""
    around = [tuple(folder for folder in member.folders if not part_of_name(folder)) for member in texts]
    shared = _shared(min(around), max(around))
    inner = [folders[shared:] for folders in around]
    return [folders[-1] if folders else None for folders in inner]


def _shared(first: Sequence[str], last: Sequence[str]) -> int:
    """How many folders all have in common, by the first and the last of the alphabet."""
    same = (one == other for one, other in zip(first, last, strict=False))
    return next((at for at, equal in enumerate(same) if not equal), min(len(first), len(last)))


def part_of_folders(member: Member) -> str | None:
    """The part of a split that a folder around a file names, the innermost first."""
    return next((part for folder in reversed(member.folders) if (part := part_of_name(folder))), None)


def _decoded(files: Sequence[Member], encoding: str | None) -> tuple[list[str | None], str, list[str]]:
    """The texts, all of those that are not UTF-8 in one encoding, its name, and notes."""
    if encoding is not None:
        return [clean_cell(decode(member.data, encoding).text) for member in files], encoding, []
    cells: list[str | None] = []
    others: list[int] = []
    for at, member in enumerate(files):
        try:
            cells.append(clean_cell(member.data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")))
        except UnicodeDecodeError:
            cells.append(None)
            others.append(at)
    if not others:
        return cells, "utf-8", []
    found = decode(b"\n".join(files[at].data for at in others)[:MEGABYTE])
    for at in others:
        cells[at] = clean_cell(files[at].data.decode(found.encoding, "replace"))
    return cells, found.encoding, [f"{len(others):,} of {len(files):,} files are not UTF-8. {'. '.join(found.notes)}"]
