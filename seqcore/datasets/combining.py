"""Several files as one table: one class each, texts beside their labels, or parts of one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from seqcore.datasets.cells import clean_cell
from seqcore.datasets.columns import Columns, guess_label_column, guess_text_column
from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.parse import read_table
from seqcore.datasets.formats.read_as import AS_FOUND, HowRead, ReadAs
from seqcore.datasets.formats.unpacking import extension_of, unpack
from seqcore.datasets.size_limits import refuse_too_many_characters, refuse_too_many_rows
from seqcore.datasets.table import Table, safe_name
from seqcore.datasets.usable_rows import JOINT
from seqcore.errors import DataError
from seqcore.settings import Settings

_LINES = ("txt", "text", "texts", "labels", "label", "lst", "")  # ends of names of files that hold a line per row
COMBINED = Columns("text", "label")  # of every table of texts that were put beside labels
_BETWEEN_WORDS = "_-. "


def class_names(names: Sequence[str]) -> list[str]:
    """What each file of one class calls its class: its name without what all the names have in common.

    Example:
        >>> class_names(["reviews_pos.txt", "reviews_neg.txt"])
        ['pos', 'neg']
        >>> class_names(["pos/all.txt", "neg/all.txt"])
        ['pos', 'neg']
    """
    paths = [PurePath(name.replace("\\", "/")) for name in names]
    stems = [path.name.removesuffix(".gz").rsplit(".", 1)[0] or path.name for path in paths]
    if len(set(stems)) < len(stems):
        folders = [path.parent.name for path in paths]
        stems = folders if all(folders) and len(set(folders)) > 1 else stems
    return _without_common_ends(stems)


def one_class_each(
    tables: Sequence[Table], labels: Sequence[str], *, text: tuple[str, ...] | None = None, limits: Settings
) -> Table:
    """The rows of files that hold the texts of one class each, as the columns "text" and "label".

    Args:
        tables: What was read of each file.
        labels: The class of each; equal ones are one class.
        text: The text columns; None: guessed for each file.
        limits: Most rows and characters.

    Raises:
        DataError: a class has no name, a column does not exist, or they are too many rows together.
    """
    if not all(label.strip() for label in labels):
        raise DataError("A file has no label", remedy="Say what the texts of each file are")
    texts: list[str | None] = []
    classes: list[str | None] = []
    notes: list[str] = []
    for table, label in zip(tables, labels, strict=True):
        chosen = text or (guess_text_column(table)[0],)
        texts += _texts_of(table, chosen)
        classes += [label.strip()] * len(table.frame)
        notes += [*table.notes, f"{len(table.frame):,} rows of {table.name} are “{label.strip()}”"]
    columns = {"text": texts, "label": classes}
    return _table(f"{tables[0].name} and {len(tables) - 1} more", columns, notes, tables, limits)


def texts_beside_labels(
    texts: Table, labels: Table, *, text: tuple[str, ...] | None = None, label: str | None = None, limits: Settings
) -> Table:
    """The texts of one file with the labels of another, row by row, as the columns "text" and "label".

    Raises:
        DataError: the files do not have the same number of rows, or a column does not exist.
    """
    if len(texts.frame) != len(labels.frame) or _gaps(texts) != _gaps(labels):
        raise DataError(
            "The texts and the labels do not have the same number of lines",
            received=f"{len(texts.frame):,} in {texts.name}, {len(labels.frame):,} in {labels.name}",
            remedy="Give one label per text, in the same order",
        )
    only = str(labels.frame.columns[0]) if len(labels.frame.columns) == 1 else None
    chosen = label or only or guess_label_column(labels)[0]
    columns = {
        "text": _texts_of(texts, text or (guess_text_column(texts)[0],)),
        "label": _texts_of(labels, (chosen,)),
    }
    notes = [*texts.notes, *labels.notes, f"The labels are those of {labels.name}, row by row"]
    return _table(texts.name, columns, notes, [texts], limits)


def parts_of_one_table(tables: Sequence[Table], *, limits: Settings) -> Table:
    """The rows of files that all have the same columns.

    Raises:
        DataError: they have not.
    """
    names = [str(name) for name in tables[0].frame.columns]
    for table in tables[1:]:
        if sorted(map(str, table.frame.columns)) != sorted(names):
            other = ", ".join(map(str, list(table.frame.columns)[:10]))
            raise DataError(
                "The files do not have the same columns",
                received=f"{', '.join(names[:10])} in {tables[0].name}; {other} in {table.name}",
                remedy="Upload them one by one, or say that each of them holds one class",
            )
    columns: dict[str, list[str | None]] = {
        name: [cell for table in tables for cell in table.frame[name]] for name in names
    }
    notes = [note for table in tables for note in table.notes]
    notes.append(f"Rows of {len(tables)} files were put one after the other")
    return _table(f"{tables[0].name} and {len(tables) - 1} more", columns, notes, tables, limits)


def read_lines_or_table(data: bytes, name: str, *, limits: Settings, read_as: ReadAs = AS_FOUND) -> Table:
    """A file of texts or of labels only: every line of a text file, empty ones too; else a table.

    Raises:
        DataError: it is empty, too large or damaged.
    """
    shown = safe_name(name)
    if extension_of(shown) not in _LINES:
        return read_table(data, name, limits=limits, read_as=read_as)
    content = Content(unpack(data, limits=limits), extension_of(shown), read_as.encoding)
    lines = [clean_cell(line) for line in content.text.removesuffix("\n").replace("\r\n", "\n").split("\n")]
    table = _table(shown, {"line": lines}, content.encoding_notes, [], limits)
    return replace(table, how=HowRead(encoding=content.encoding, delimiter="", header=0))


def _texts_of(table: Table, names: tuple[str, ...]) -> list[str | None]:
    missing = [name for name in names if name not in table.frame.columns]
    if missing:
        known = ", ".join(f"“{name}”" for name in list(table.frame.columns)[:20])
        raise DataError(f"There is no column “{missing[0][:60]}” in {table.name}", remedy=f"Choose from: {known}")
    if len(names) == 1:
        return list(table.frame[names[0]])
    rows = zip(*(table.frame[name] for name in names), strict=True)
    return [JOINT.join(part.strip() for part in parts if part and part.strip()) or None for parts in rows]


def _table(
    name: str, columns: dict[str, list[str | None]], notes: Sequence[str], of: Sequence[Table], limits: Settings
) -> Table:
    """A table whose rows are numbered from 1; how it was read is said where all its files agree."""
    import pandas as pd

    rows = len(next(iter(columns.values())))
    refuse_too_many_rows(rows, limits)
    refuse_too_many_characters(columns, limits)
    encodings, delimiters = {table.how.encoding for table in of}, {table.how.delimiter for table in of}
    how = HowRead(
        encoding=encodings.pop() if len(encodings) == 1 else None,
        delimiter=delimiters.pop() if len(delimiters) == 1 else None,
    )
    frame = pd.DataFrame(columns, index=range(1, rows + 1), dtype=object)
    return Table(name, frame, tuple(dict.fromkeys(notes)), how)


def _gaps(table: Table) -> list[int]:
    """Where rows are missing, counted from the first: a blank line that was left out would shift all labels."""
    numbers = [int(number) for number in table.frame.index]
    if not numbers or numbers[-1] - numbers[0] == len(numbers) - 1:
        return []
    return [number - numbers[0] for number in numbers]


def _without_common_ends(stems: Sequence[str]) -> list[str]:
    """The names without the words that all of them begin or end with."""
    before, behind = _common_start(stems), _common_start([stem[::-1] for stem in stems])[::-1]
    start = 1 + max(before.rfind(mark) for mark in _BETWEEN_WORDS)
    ends = [at for mark in _BETWEEN_WORDS if (at := behind.find(mark)) >= 0]
    cut = len(behind) - min(ends) if ends else 0
    short = [stem[start : len(stem) - cut] for stem in stems]
    return short if all(short) and len(set(short)) == len(set(stems)) else list(stems)


def _common_start(words: Sequence[str]) -> str:
    first, last = min(words), max(words)  # what these two have in common, all between them have
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), None)
    return first[: min(len(first), len(last)) if same is None else same]
