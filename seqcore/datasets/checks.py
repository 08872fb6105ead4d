"""What a person should know about a data set before training on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from seqcore.datasets.labelled_text import Dropped, LabelledText
from seqcore.datasets.split import Split

FEWEST_ROWS = 3  # of a class, so that one can stand in each part
BINS = 40


@dataclass(frozen=True)
class DataReport:
    """The state of a data set.

    Attributes:
        class_counts: Rows of every class, in the order of classes.
        split_counts: The same for train, validation and test.
        length_histogram: Edges of bins in words, one more than bins, and texts in every bin; the last has the longest.
        longest: Words of the longest text.
        median: Words of the middle text.
        duplicates: Rows whose text has stood before.
        duplicates_across: Different texts that stand in the test and in training or validation.
        conflicts: Texts with more than one label, with their labels.
        small_classes: Classes with too few rows for all three parts.
        dropped: Rows left out, and why.
        notes: What was found and repaired in the file.
    """

    class_counts: dict[str, int]
    split_counts: dict[str, dict[str, int]]
    length_histogram: tuple[tuple[float, ...], tuple[int, ...]]
    longest: int
    median: float
    duplicates: int
    duplicates_across: int
    conflicts: tuple[tuple[str, tuple[str, ...]], ...]
    small_classes: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]


def report_on(data: LabelledText, split: Split) -> DataReport:
    """Count what matters; fast enough for every upload."""
    counts = Counter(data.labels)
    lengths = data.word_counts
    parts = {"train": split.train, "validation": split.validation, "test": split.test}
    learned = {data.texts[row] for row in (*split.train, *split.validation)}
    return DataReport(
        class_counts={label: counts[label] for label in data.classes},
        split_counts={name: _class_counts(data, rows) for name, rows in parts.items()},
        length_histogram=_histogram(lengths),
        longest=int(lengths.max()),
        median=float(np.median(lengths)),
        duplicates=len(data.texts) - len(set(data.texts)),
        duplicates_across=len({data.texts[row] for row in split.test} & learned),
        conflicts=_conflicts(data),
        small_classes=tuple(label for label in data.classes if counts[label] < FEWEST_ROWS),
        dropped=data.dropped,
        notes=data.notes,
    )


def _class_counts(data: LabelledText, rows: np.ndarray) -> dict[str, int]:
    counts = Counter(data.labels[row] for row in rows)
    return {label: counts[label] for label in data.classes}


def _histogram(lengths: np.ndarray) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Bins of whole words up to the 99th percentile; what is longer falls in the last."""
    highest = max(int(np.percentile(lengths, 99)), 1)
    width = max(1, -(-highest // BINS))
    edges = np.arange(0, highest + width + 1, width)
    counts, _ = np.histogram(np.minimum(lengths, edges[-1] - 1), edges)
    return tuple(float(edge) for edge in edges), tuple(int(count) for count in counts)


def _conflicts(data: LabelledText) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Texts that carry more than one label."""
    first: dict[str, str] = {}
    several: dict[str, dict[str, None]] = {}
    for text, label in zip(data.texts, data.labels, strict=True):
        if first.setdefault(text, label) != label:
            several.setdefault(text, {first[text]: None})[label] = None
    return tuple((text, tuple(labels)) for text, labels in several.items())
