"""A new version of labelled text: rows left out, labels and texts changed, and an account of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from seqcore.datasets.labelled_data import refuse_unusable
from seqcore.datasets.labelled_text import LabelledText

MARK = "cleaned"  # in the name of every new version


@dataclass(frozen=True)
class Changes:
    """What is to be changed.

    Attributes:
        drop: Rows that are left out, places from 0.
        labels: The new label of a row.
        texts: The new text of a row.
        said: What was done, a sentence each.
    """

    drop: Collection[int] = ()
    labels: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.drop or self.labels or self.texts)


def new_version(data: LabelledText, changes: Changes) -> LabelledText:
    """The data with the changes made; the rows keep their numbers in the file.

    Example:
        >>> made = LabelledText("made.csv", ("a", "b", "c"), ("x", "y", "y"))
        >>> new_version(made, Changes(drop=[1], labels={2: "z"})).labels
        ('x', 'z')

    Raises:
        DataError: nothing is left that can be learned from.
    """
    gone = set(changes.drop)
    kept = [row for row in range(len(data)) if row not in gone]
    labels = tuple(changes.labels.get(row, data.labels[row]) for row in kept)
    split = None if data.given_split is None else tuple(data.given_split[row] for row in kept)
    learned = [label for place, label in enumerate(labels) if split is None or split[place] == "train"]
    refuse_unusable(learned, max_classes=len(labels))
    reading = data.reading
    if reading is not None:
        reading = replace(reading, notes=(*reading.notes, *changes.said))
    return replace(
        data,
        name=_name(data.name),
        texts=tuple(changes.texts.get(row, data.texts[row]) for row in kept),
        labels=labels,
        given_split=split,
        notes=(*data.notes, *changes.said),
        reading=reading,
        numbers=tuple(data.number(row) for row in kept),
        columns=tuple((name, tuple(cells[row] for row in kept)) for name, cells in data.other_columns.items()),
    )


def _name(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    if stem.endswith(f" {MARK}"):
        return name
    return f"{stem} {MARK}{dot}{extension}"
