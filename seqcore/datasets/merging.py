"""Labels that look alike, made one in a data set that was read before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar, cast

from seqcore.datasets.label_spelling import look_alikes_among, one_spelling, told_apart
from seqcore.datasets.labelled_data import LabelledData

_Data = TypeVar("_Data", bound=LabelledData)


def merge_look_alikes(data: _Data) -> _Data:
    """The same examples, with one label for those that look alike.

    Example:
        >>> from seqcore.datasets.labelled_text import LabelledText
        >>> merge_look_alikes(LabelledText("made", ("a", "b", "c"), ("yes", "Yes", "yes"))).labels
        ('yes', 'yes', 'yes')
    """
    spellings = one_spelling(data.labels, look_alikes=True)
    labels = tuple(spellings.label_of[label] for label in data.labels)
    before = told_apart(look_alikes_among(data.labels))
    changed: dict[str, Any] = {"labels": labels, "notes": _other_notes(data.notes, before, spellings.notes)}
    if data.reading is not None:
        changed["reading"] = replace(data.reading, notes=_other_notes(data.reading.notes, before, spellings.notes))
    return cast(_Data, replace(cast(Any, data), **changed))


def _other_notes(notes: tuple[str, ...], before: str, now: tuple[str, ...]) -> tuple[str, ...]:
    return (*(note for note in notes if note != before), *now)
