"""What a person should know about a data set before training on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from seqcore.datasets.checks.repeats import repeats_of
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
        near_duplicates: Rows that say nearly the same as another one before, without being identical.
        near_across: Different examples of the test of which something nearly the same was learned.
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
    near_duplicates: int
    near_across: int
    conflicts: tuple[tuple[str, tuple[str, ...]], ...]
    small_classes: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]
    untested: str | None = None


def report_on(data: LabelledData, split: Split) -> DataReport:
    """Count what matters; fast enough for every upload."""
    counts = Counter(data.labels)
    parts = {"train": split.train, "validation": split.validation, "test": split.test}
    repeats = repeats_of(data)
    across = repeats.across(split)
    return DataReport(
        class_counts={label: counts[label] for label in data.classes},
        split_counts={name: _class_counts(data, rows) for name, rows in parts.items()},
        duplicates=len(repeats.again),
        duplicates_across=len(np.unique(repeats.identical[across.identical])),
        near_duplicates=len(repeats.nearly_again),
        near_across=len(np.unique(repeats.identical[across.near])),
        conflicts=tuple(
            (data.summary(rows[0]), tuple(dict.fromkeys(data.labels[row] for row in rows)))
            for rows in repeats.contradicting(data.codes())
        ),
        small_classes=tuple(label for label in data.classes if counts[label] < FEWEST_ROWS),
        dropped=data.dropped,
        notes=data.notes,
        untested=rows_left_untested(data),
    )


def _class_counts(data: LabelledData, rows: np.ndarray) -> dict[str, int]:
    counts = Counter(data.labels[row] for row in rows)
    return {label: counts[label] for label in data.classes}
