"""A table and the choice of its columns as labelled text, with an account of what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from seqcore.datasets.columns import Columns
from seqcore.datasets.held_out import (
    columns_of_test,
    looking_alike,
    no_labels,
    nothing_to_test,
    unseen_labels,
)
from seqcore.datasets.label_spelling import look_alikes_among, one_spelling, told_apart
from seqcore.datasets.labelled_data import refuse_unusable
from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.other_columns import other_columns
from seqcore.datasets.reading import Reading, reading_of
from seqcore.datasets.table import Table
from seqcore.datasets.usable_rows import UNLEARNED, LeftOut, Row, marks_test, usable_rows
from seqcore.errors import DataError
from seqcore.settings import Settings


@dataclass(frozen=True)
class _File:
    """A file with the columns chosen of it, and what there is to say about it."""

    table: Table
    columns: Columns
    notes: list[str] = field(default_factory=list)

    def reading(self, rows: int, left_out: LeftOut, *, is_test: bool = False) -> Reading:
        columns = self.columns
        return reading_of(
            self.table, text=columns.texts, label=columns.label, split=columns.split, rows=rows,
            dropped=left_out.of_file(test=is_test), notes=(*columns.reasons, *self.notes),
        )  # fmt: skip


def label_table(
    table: Table, columns: Columns, *, test: Table | None = None, merge_look_alikes: bool = False, limits: Settings
) -> LabelledText:
    """Labelled text from the chosen columns.

    Rows without text or label are left out and counted; very long texts are cut, and said so. Spellings of one label
    are one label. What a person brought to test on is the test, and nothing else ever is.

    Args:
        table: What was read.
        columns: The chosen columns.
        test: A second file whose rows are the test split; its columns are those of the same names, else guessed.
        merge_look_alikes: Whether labels that only look alike, such as "Yes" and "yes", are one label.
        limits: Most classes and most characters of a text.

    Raises:
        DataError: a column does not exist, fewer than two classes or rows are left, or too many classes; nothing is
            left of the rows to test on.
    """
    _refuse_wrong_columns(table, columns)
    left_out, main = LeftOut(), _File(table, columns)
    rows = usable_rows(table, columns, left_out, longest=limits.max_text_characters)
    held_out = None
    if test is not None:
        rows = _all_to_learn_from(rows, main)
        held_out = _File(test, columns_of_test(test, columns, [row.label for row in rows]))
        rows += _rows_of_test(held_out, left_out, limits)
    is_tested = test is not None or marks_test(table, columns)
    kept = _learnable_rows(
        _spelled(rows, main, held_out or main, merge_look_alikes),
        left_out,
        held_out or main,
        limits,
        is_tested=is_tested,
    )
    if left_out.cut:
        cut = "1 text was" if left_out.cut == 1 else f"{left_out.cut:,} texts were"
        main.notes.append(f"{cut} cut to {limits.max_text_characters:,} characters")
    has_split = test is not None or columns.split is not None
    return _labelled(main, held_out, kept, left_out, has_split=has_split)


def look_alikes_in(table: Table, columns: Columns, *, test: Table | None = None) -> tuple[tuple[str, ...], ...]:
    """Groups of labels that only look alike, in the table and its test file, once spellings of one label are one.

    Raises:
        DataError: the test file has no label column.
    """
    written = _labels_written(table, columns.label)
    tested = _labels_written(test, columns_of_test(test, columns, written).label) if test is not None else []
    label_of = one_spelling(written, tested).label_of
    return look_alikes_among(filter(None, (label_of[label] for label in (*written, *tested))))


def _labels_written(table: Table, column: str) -> list[str]:
    return [cell.strip() for cell in table.frame[column] if cell is not None and cell.strip()]


def _all_to_learn_from(rows: list[Row], main: _File) -> list[Row]:
    """The rows, those marked as test too, as there is a test file."""
    if any(row.split == "test" for row in rows):
        main.notes.append("Rows marked “test” in the split column are used for training, as a test file was given")
    return [row._replace(split="train", place="") if row.split == "test" else row for row in rows]


def _rows_of_test(test: _File, left_out: LeftOut, limits: Settings) -> list[Row]:
    """Usable rows of the test file.

    Raises:
        DataError: it has none.
    """
    rows = usable_rows(test.table, test.columns, left_out, longest=limits.max_text_characters, is_test=True)
    if not rows:
        raise no_labels(test.table, test.columns)
    return rows


def _spelled(rows: Sequence[Row], main: _File, tested: _File, look_alikes: bool) -> list[Row]:
    """The rows, each label in its one spelling."""
    trained = [row.label for row in rows if row.split == "train"]
    others = [row.label for row in rows if row.split != "train"]
    spellings = one_spelling(trained, others, look_alikes=look_alikes)
    main.notes.extend(spellings.notes)
    tested.notes.extend(spellings.other_notes)
    groups = look_alikes_among(spellings.label_of[row.label] for row in rows)
    if groups:
        main.notes.append(told_apart(groups))
    changed = {written: label for written, label in spellings.label_of.items() if written != label}
    return [row._replace(label=changed[row.label]) if row.label in changed else row for row in rows]


def _learnable_rows(rows: list[Row], left_out: LeftOut, file: _File, limits: Settings, *, is_tested: bool) -> list[Row]:
    """Rows whose class has training rows.

    Raises:
        DataError: nothing can be learned from what is left, or nothing is left of what is to be tested on.
    """
    if rows and all(row.split != "train" for row in rows):
        raise DataError(
            "No row is marked for training", remedy="Mark rows with “train” in the split column, or choose none"
        )
    trained = [row.label for row in rows if row.split == "train"]
    refuse_unusable(trained, max_classes=limits.max_classes)
    learned = dict.fromkeys(trained)
    unseen = [row for row in rows if row.label not in learned]
    for row in unseen:
        left_out.drop(UNLEARNED, row.place, row.number)
    tested = [row.label for row in rows if row.split == "test"]
    if is_tested and not any(label in learned for label in tested):
        raise nothing_to_test(tested, learned, looking_alike(tested, learned))
    if unseen:
        file.notes.append(unseen_labels([row.label for row in unseen], learned))
    return [row for row in rows if row.label in learned]


def _labelled(
    main: _File, test: _File | None, rows: Sequence[Row], left_out: LeftOut, *, has_split: bool
) -> LabelledText:
    tested = sum(row.split == "test" for row in rows) if test is not None else 0
    reading = main.reading(len(rows) - tested, left_out)
    notes = [*main.table.notes, *main.notes]
    if test is not None:
        reading = replace(reading, test=test.reading(tested, left_out, is_test=True))
        told = (*test.table.notes, *test.columns.reasons, *test.notes)
        notes += [f"Test file: {note[:1].lower()}{note[1:]}" for note in told]
    return LabelledText(
        main.table.name,
        tuple(row.text for row in rows),
        tuple(row.label for row in rows),
        tuple(row.split for row in rows) if has_split else None,
        left_out.as_dropped(),
        tuple(notes),
        reading,
        tuple(row.number for row in rows),
        other_columns(main.table, None if test is None else test.table, rows, main.columns),
    )


def _refuse_wrong_columns(table: Table, columns: Columns) -> None:
    names = list(table.frame.columns)
    chosen = [name for name in (*columns.texts, columns.label, columns.split) if name is not None]
    for name in chosen:
        if name not in names:
            shown = ", ".join(f"“{known}”" for known in names[:20])
            raise DataError(f"There is no column “{name[:60]}”", remedy=f"Choose from: {shown}")
    if len(set(chosen)) < len(chosen):
        raise DataError(
            "Text, label and split must be different columns",
            received=", ".join(chosen),
            remedy="Choose another column",
        )
