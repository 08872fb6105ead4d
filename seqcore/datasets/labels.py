"""A table and the choice of its columns as labelled text, with an account of what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from seqcore.datasets.column_names import SPLIT_NAMES
from seqcore.datasets.columns import Columns, guess_columns
from seqcore.datasets.labelled_data import Dropped, refuse_unusable
from seqcore.datasets.labelled_text import LabelledText
from seqcore.datasets.table import Table
from seqcore.errors import DataError
from seqcore.settings import Settings

_ROWS_SHOWN = 10
EMPTY_TEXT = "no text"
NO_LABEL = "no label"
NO_SPLIT = "not train, validation or test in the split column"
UNLEARNED = "a class that no training row has"


@dataclass(frozen=True)
class _Row:
    text: str
    label: str
    split: str
    number: int  # in its file
    file: str  # "" or " (test file)"


@dataclass
class _LeftOut:
    """What was left out or cut so far."""

    dropped: dict[str, list[int]] = field(default_factory=dict)
    cut: int = 0

    def drop(self, reason: str, row: int) -> None:
        self.dropped.setdefault(reason, []).append(row)

    def as_dropped(self) -> tuple[Dropped, ...]:
        return tuple(Dropped(why, len(rows), tuple(rows[:_ROWS_SHOWN])) for why, rows in self.dropped.items())


def label_table(table: Table, columns: Columns, *, test: Table | None = None, limits: Settings) -> LabelledText:
    """Labelled text from the chosen columns.

    Rows without text or label are left out and counted; very long texts are cut, and said so.

    Args:
        table: What was read.
        columns: The chosen columns.
        test: A second file whose rows are the test split; its columns are those of the same names, else guessed.
        limits: Most classes and most characters of a text.

    Raises:
        DataError: a column does not exist, fewer than two classes or rows are left, or too many classes.
    """
    _refuse_wrong_columns(table, columns)
    left_out = _LeftOut()
    notes = list(table.notes)
    rows = _usable_rows(table, columns, left_out, limits)
    if test is not None:
        if any(row.split == "test" for row in rows):
            notes.append("Rows marked “test” in the split column are used for training, as a test file was given")
            rows = [replace(row, split="train") if row.split == "test" else row for row in rows]
        rows += _test_rows(test, columns, left_out, notes, limits)
    given = test is not None or columns.split is not None
    rows = _learnable_rows(rows, left_out, limits)
    if left_out.cut:
        cut = "1 text was" if left_out.cut == 1 else f"{left_out.cut:,} texts were"
        notes.append(f"{cut} cut to {limits.max_text_characters:,} characters")
    texts, labels = tuple(row.text for row in rows), tuple(row.label for row in rows)
    split = tuple(row.split for row in rows) if given else None
    return LabelledText(table.name, texts, labels, split, left_out.as_dropped(), tuple(notes))


def _usable_rows(
    table: Table, columns: Columns, left_out: _LeftOut, limits: Settings, *, split: str = "train", file: str = ""
) -> list[_Row]:
    """Rows that have a text, a label and, where a split column is chosen, a split."""
    frame, longest = table.frame, limits.max_text_characters
    splits: Sequence[str | None] = [split] * len(frame)
    if columns.split is not None:
        splits = [SPLIT_NAMES.get((cell or "").strip().casefold()) for cell in frame[columns.split]]
    rows: list[_Row] = []
    for number, text, label, part in zip(frame.index, frame[columns.text], frame[columns.label], splits, strict=True):
        if text is None or not text.strip():
            left_out.drop(EMPTY_TEXT + file, int(number))
        elif label is None or not label.strip():
            left_out.drop(NO_LABEL + file, int(number))
        elif part is None:
            left_out.drop(NO_SPLIT + file, int(number))
        else:
            left_out.cut += len(text) > longest
            rows.append(_Row(text[:longest], label.strip(), part, int(number), file))
    return rows


def _test_rows(test: Table, columns: Columns, left_out: _LeftOut, notes: list[str], limits: Settings) -> list[_Row]:
    """Usable rows of the test file.

    Raises:
        DataError: it has none.
    """
    chosen = Columns(columns.text, columns.label)
    if not {chosen.text, chosen.label} <= set(test.frame.columns):
        guessed = guess_columns(test)
        chosen = Columns(guessed.text, guessed.label)
        notes.append(f"In the test file, “{chosen.text}” was taken as text and “{chosen.label}” as label")
    rows = _usable_rows(test, chosen, left_out, limits, split="test", file=" (test file)")
    if not rows:
        raise DataError(
            "The test file has no row with both a text and a label",
            received=f"{len(test.frame):,} rows without",
            remedy="Choose another file, or let the test be drawn from the training file",
        )
    notes.extend(f"Test file: {note[:1].lower()}{note[1:]}" for note in test.notes)
    return rows


def _learnable_rows(rows: list[_Row], left_out: _LeftOut, limits: Settings) -> list[_Row]:
    """Rows whose class has training rows.

    Raises:
        DataError: nothing can be learned from what is left.
    """
    if rows and all(row.split != "train" for row in rows):
        raise DataError(
            "No row is marked for training", remedy="Mark rows with “train” in the split column, or choose none"
        )
    trained = [row.label for row in rows if row.split == "train"]
    refuse_unusable(trained, max_classes=limits.max_classes)
    learned = set(trained)
    for row in rows:
        if row.label not in learned:
            left_out.drop(UNLEARNED + row.file, row.number)
    return [row for row in rows if row.label in learned]


def _refuse_wrong_columns(table: Table, columns: Columns) -> None:
    names = list(table.frame.columns)
    for name in (*columns.texts, columns.label, columns.split):
        if name is not None and name not in names:
            shown = ", ".join(f"“{known}”" for known in names[:20])
            raise DataError(f"There is no column “{name[:60]}”", remedy=f"Choose from: {shown}")
    chosen = [name for name in (*columns.texts, columns.label, columns.split) if name is not None]
    if len(set(chosen)) < len(chosen):
        raise DataError(
            "Text, label and split must be different columns",
            received=", ".join(chosen),
            remedy="Choose another column",
        )
