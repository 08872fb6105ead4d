"""Labels that look alike, made one in a data set that was read before."""

from __future__ import annotations

from dataclasses import replace

from seqcore.datasets.label_spelling import look_alikes_among, one_spelling, told_apart
from seqcore.datasets.labelled_text import LabelledText


def merge_look_alikes(data: LabelledText) -> LabelledText:
    """The same texts, with one label for those that look alike.

    Example:
        >>> merge_look_alikes(LabelledText("made", ("a", "b", "c"), ("yes", "Yes", "yes"))).labels
        ('yes', 'yes', 'yes')
    """
    spellings = one_spelling(data.labels, look_alikes=True)
    labels = tuple(spellings.label_of[label] for label in data.labels)
    before = told_apart(look_alikes_among(data.labels))
    reading = data.reading
    if reading is not None:
        reading = replace(reading, notes=_other_notes(reading.notes, before, spellings.notes))
    return replace(data, labels=labels, notes=_other_notes(data.notes, before, spellings.notes), reading=reading)


def _other_notes(notes: tuple[str, ...], before: str, now: tuple[str, ...]) -> tuple[str, ...]:
    return (*(note for note in notes if note != before), *now)
