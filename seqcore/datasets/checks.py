"""What a person should know about a data set before training on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from seqcore.datasets.labelled_data import Dropped, LabelledData
from seqcore.datasets.split import Split
from seqcore.datasets.tested_rows import rows_left_untested

FEWEST_ROWS = 3  # of a class, so that one can stand in each part


@dataclass(frozen=True)
class DataReport:
    """The state of a data set.

    Attributes:
        class_counts: Rows of every class, in the order of classes.
        split_counts: The same for train, validation and test.
        duplicates: Rows whose example has stood before.
        duplicates_across: Different examples that stand in the test and in training or validation.
        conflicts: Examples with more than one label, with their labels.
        small_classes: Classes with too few rows for all three parts.
        dropped: Rows left out, and why.
        notes: What was found and repaired in the file.
        untested: What was left out of the test that a person brought; None when nothing was.
    """

    class_counts: dict[str, int]
    split_counts: dict[str, dict[str, int]]
    duplicates: int
    duplicates_across: int
    conflicts: tuple[tuple[str, tuple[str, ...]], ...]
    small_classes: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]
    untested: str | None = None


def report_on(data: LabelledData, split: Split) -> DataReport:
    """Count what matters; fast enough for every upload."""
    counts = Counter(data.labels)
    parts = {"train": split.train, "validation": split.validation, "test": split.test}
    keys = data.keys()
    learned = {keys[row] for row in (*split.train, *split.validation)}
    return DataReport(
        class_counts={label: counts[label] for label in data.classes},
        split_counts={name: _class_counts(data, rows) for name, rows in parts.items()},
        duplicates=len(data) - len(set(keys)),
        duplicates_across=len({keys[row] for row in split.test} & learned),
        conflicts=_conflicts(data),
        small_classes=tuple(label for label in data.classes if counts[label] < FEWEST_ROWS),
        dropped=data.dropped,
        notes=data.notes,
        untested=rows_left_untested(data),
    )


def _class_counts(data: LabelledData, rows: np.ndarray) -> dict[str, int]:
    counts = Counter(data.labels[row] for row in rows)
    return {label: counts[label] for label in data.classes}


def _conflicts(data: LabelledData) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Examples that carry more than one label, each as it is summed up."""
    first: dict[Hashable, int] = {}
    several: dict[int, dict[str, None]] = {}
    for row, (key, label) in enumerate(zip(data.keys(), data.labels, strict=True)):
        start = first.setdefault(key, row)
        if data.labels[start] != label:
            several.setdefault(start, {data.labels[start]: None})[label] = None
    return tuple((data.summary(row), tuple(labels)) for row, labels in several.items())
