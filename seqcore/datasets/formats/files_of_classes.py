"""Archives of plain texts: a file for each class, or a file of texts beside a file of their labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from seqcore.datasets.formats.labelled_lines import find_pairs
from seqcore.datasets.formats.members import Member
from seqcore.datasets.formats.parts import in_quotes, join_parts, part_of_name
from seqcore.datasets.formats.read_as import ReadAs
from seqcore.datasets.size_limits import refuse_too_many_rows
from seqcore.datasets.table import RawTable, Table
from seqcore.errors import DataError
from seqcore.settings import Settings

_LINES_LOOKED_AT = 200
_TEXTS_A_CLASS = 2.0  # on average; a file of one line is rather a text of its own
_ROLES = {
    "text": "text", "texts": "text", "sentence": "text", "sentences": "text", "inputs": "text",
    "label": "label", "labels": "label", "target": "label", "targets": "label",
}  # fmt: skip


def table_of_classes(members: Sequence[Member], limits: Settings, read_as: ReadAs) -> RawTable | None:
    """The texts of files that hold one class each, which their names say; None when they hold something else.

    Raises:
        DataError: more texts than the settings allow.
    """
    from seqcore.datasets.combining import one_class_each  # which reads files by these readers

    if not 2 <= len(members) <= limits.max_classes:
        return None
    names = _names_of_classes([member.name for member in members])
    if len(set(names)) < len(members) or not all(any(map(str.isalpha, name)) for name in names):
        return None
    tables = []
    for member in members:
        table = _texts_only(member, limits, read_as)
        if table is None:
            return None
        tables.append(table)
    rows = sum(len(table.frame) for table in tables)
    refuse_too_many_rows(rows, limits)
    if rows < _TEXTS_A_CLASS * len(tables):
        return None
    whole = _raw(one_class_each(tables, names, limits=limits))
    return replace(whole, notes=[f"Each file holds the texts of one class, which its name says: {in_quotes(names)}"])


def _names_of_classes(names: Sequence[str]) -> list[str]:
    """As the names say; "class_00" and "class_01" as they stand, and of "x.pos" and "x.neg" the ends."""
    from seqcore.datasets.combining import class_names

    found = class_names(names)
    if len(set(found)) < len(found):
        return [name.rpartition(".")[2] for name in names]
    if not any(any(map(str.isalpha, name)) for name in found):
        return [name.rpartition("/")[2].partition(".")[0] for name in names]
    return found


def _texts_only(member: Member, limits: Settings, read_as: ReadAs) -> Table | None:
    """A text a line, or the one column of a table; None where a file can say labels itself."""
    from seqcore.datasets.formats.parse import read_table, read_texts

    decided = replace(read_as, member=None)
    try:
        if not member.is_text:
            table = read_table(member.data, member.file, limits=limits, read_as=decided)
        else:
            table = read_texts(member.data, f"{member.stem}.txt", limits=limits, read_as=decided)
    except DataError:
        return None
    if len(table.frame.columns) != 1:
        return None
    lines = [cell for cell in table.frame.iloc[:_LINES_LOOKED_AT, 0] if cell]
    return None if find_pairs(lines) else table


def table_of_pairs(members: Sequence[Member], limits: Settings, read_as: ReadAs) -> RawTable | None:
    """Texts beside their labels, as "train_text.txt" and "train_labels.txt" are; None where there is no such pair.

    Raises:
        DataError: a pair has not as many texts as labels.
    """
    from seqcore.datasets.combining import read_lines_or_table, texts_beside_labels

    pairs = _pairs(members)
    if not pairs:
        return None
    tables, parts = [], []
    for texts, labels in pairs:
        both = [
            read_lines_or_table(one.data, f"{one.stem}.txt", limits=limits, read_as=replace(read_as, member=None))
            for one in (texts, labels)
        ]
        tables.append(_raw(texts_beside_labels(*both, limits=limits)))
        parts.append(part_of_name(texts.stem) or part_of_name(texts.folder) or "")
    notes = [f"{in_quotes([texts.name, labels.name])} were put side by side" for texts, labels in pairs[:3]]
    split = "train" in parts and len(set(parts)) > 1 and "" not in parts
    whole = join_parts(tables, parts) if split else tables[max(parts.index("train"), 0) if "train" in parts else 0]
    return whole and replace(whole, notes=[*notes[: None if split else 1], *whole.notes])


def _pairs(members: Iterable[Member]) -> list[tuple[Member, Member]]:
    """Files whose names differ in "text" and "labels" only."""
    roles: dict[tuple[str, ...], dict[str, Member]] = {}
    for member in members:
        words = re.split(r"[\W_]+", member.stem.lower())
        role = next((_ROLES[word] for word in words if word in _ROLES), None)
        if role is not None and member.is_text:
            key = (*member.folders, *(word for word in words if word not in _ROLES))
            roles.setdefault(key, {})[role] = member
    return [(found["text"], found["label"]) for found in roles.values() if len(found) == len({"text", "label"})]


def _raw(table: Table) -> RawTable:
    columns = {str(name): table.frame[name].tolist() for name in table.frame.columns}
    return RawTable(columns, range(1, len(table.frame) + 1), list(table.notes), table.how)
