"""Rows of a file that have a text and a label, with an account of those that have not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from seqcore.datasets.column_names import SPLIT_NAMES
from seqcore.datasets.columns import Columns
from seqcore.datasets.label_spelling import visible
from seqcore.datasets.labelled_data import Dropped
from seqcore.datasets.table import Table

EMPTY_TEXT = "no text"
NO_LABEL = "no label"
NO_SPLIT = "not train, validation or test in the split column"
UNLEARNED = "a class that no training row has"
TEST_FILE = " (test file)"
MARKED_TEST = " (marked test)"
MARKED_VALIDATION = " (marked validation)"
JOINT = "\n"  # between the texts of several columns
_ROWS_SHOWN = 10
# What databases, pandas and spreadsheets write where nothing stands; "None", "NA" and "null" may be classes.
_MISSING = frozenset({"NULL", "\\N", "nan", "NaN", "<NA>", "NaT", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"})


class Row(NamedTuple):
    """A row of a file; there may be very many.

    Attributes:
        text: Its text, or those of several columns joined.
        label: Its label as it was written, without white space around it.
        split: "train", "validation" or "test".
        number: Its number in the file.
        place: What is said of where it was left out: "" in training, " (test file)", " (marked test)".
    """

    text: str
    label: str
    split: str
    number: int
    place: str


@dataclass
class LeftOut:
    """What was left out or cut so far."""

    rows: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # numbers by reason and place
    cut: int = 0

    def drop(self, reason: str, place: str, row: int) -> None:
        """Count a row that was left out."""
        self.rows.setdefault((reason, place), []).append(row)

    def as_dropped(self) -> tuple[Dropped, ...]:
        """All of it; the reasons say the place."""
        return tuple(_dropped(why + place, rows) for (why, place), rows in self.rows.items())

    def of_file(self, *, test: bool) -> tuple[Dropped, ...]:
        """What was left out of the one file or of the test file, whose reasons need not say so."""
        return tuple(
            _dropped(why if test else why + place, rows)
            for (why, place), rows in self.rows.items()
            if (place == TEST_FILE) == test
        )


def usable_rows(table: Table, columns: Columns, left_out: LeftOut, *, longest: int, is_test: bool = False) -> list[Row]:
    """Rows that have a text, a label and, where a split column is chosen, a split.

    Args:
        table: What was read.
        columns: The chosen columns.
        left_out: Counts the others.
        longest: Characters kept of a text.
        is_test: Whether it is a test file.
    """
    rows: list[Row] = []
    splits = _splits(table, columns, "test" if is_test else "train")
    labels = table.frame[columns.label]
    places = {None: "", "train": "", "validation": MARKED_VALIDATION, "test": TEST_FILE if is_test else MARKED_TEST}
    for number, text, cell, split in zip(table.frame.index, _texts(table, columns), labels, splits, strict=True):
        text, label = _unless_missing(text), _unless_missing((cell or "").strip())
        place = places[split]
        if not text.strip():
            left_out.drop(EMPTY_TEXT, place, int(number))
        elif not visible(label):
            left_out.drop(NO_LABEL, place, int(number))
        elif split is None:
            left_out.drop(NO_SPLIT, place, int(number))
        else:
            left_out.cut += len(text) > longest
            rows.append(Row(text[:longest], label, split, int(number), place))
    return rows


def marks_test(table: Table, columns: Columns) -> bool:
    """Whether a split column says of any row that it is there to test on."""
    return columns.split is not None and "test" in _splits(table, columns, "")


def _splits(table: Table, columns: Columns, default: str) -> Sequence[str | None]:
    if columns.split is None:
        return [default] * len(table.frame)
    return [SPLIT_NAMES.get((cell or "").strip().casefold()) for cell in table.frame[columns.split]]


def _texts(table: Table, columns: Columns) -> Iterator[str]:
    """The text of each row; "" where there is none."""
    cells = [table.frame[name] for name in columns.texts]
    if len(cells) == 1:
        return (text or "" for text in cells[0])
    return (JOINT.join(part.strip() for part in parts if part and part.strip()) for parts in zip(*cells, strict=True))


def _unless_missing(cell: str) -> str:
    return "" if cell in _MISSING else cell


def _dropped(reason: str, rows: list[int]) -> Dropped:
    return Dropped(reason, len(rows), tuple(rows[:_ROWS_SHOWN]))
