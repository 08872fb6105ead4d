"""A table as texts that a model is to answer, with the label of each where the table says it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seqcore.datasets.column_plausibility import has_label_name, has_other_name
from seqcore.datasets.columns import guess_text_column
from seqcore.datasets.label_spelling import same_key
from seqcore.datasets.table import Table
from seqcore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

NO_COLUMN = "none"
_NAMED, _UNNAMED = 0.5, 0.9  # share of labels that the model must know, where the column is called a label or not


@dataclass(frozen=True)
class TextsToAnswer:
    """Texts for a model.

    Attributes:
        table: What was read; a row for each text.
        text: The column of the texts.
        label: The column of the labels; None where there is none.
        notes: Why these columns were taken, one sentence each.
    """

    table: Table
    text: str
    label: str | None
    notes: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each row; "" where there is none."""
        return tuple(_filled(self.table.frame[self.text]))

    def labels(self, classes: Sequence[str]) -> tuple[str | None, ...] | None:
        """The class that each row is labelled with, spelled as the model's; "" for another, None for no label.

        Returns:
            None where there is no column of labels.
        """
        if self.label is None:
            return None
        known = {same_key(name): name for name in classes}
        written = _filled(self.table.frame[self.label])
        return tuple(known.get(same_key(label), "") if label.strip() else None for label in written)


def texts_to_answer(
    table: Table, classes: Collection[str], *, text: str | None = None, label: str | None = None
) -> TextsToAnswer:
    """The texts of a table, and their labels where a column holds the model's classes.

    Args:
        table: What was read.
        classes: Those of the model.
        text: The text column, if a person named it.
        label: The label column, if a person named it; "none": there is none.

    Raises:
        DataError: a column that was named is not there, or no column has anything in it.
    """
    table, notes = with_empty_rows(table), []
    _refuse_unknown(table, [name for name in (text, label if label != NO_COLUMN else None) if name is not None])
    if text is None:
        text, why = guess_text_column(table)
        notes += [why] if len(table.frame.columns) > 1 else []
    if label is None:
        label = _label_column(table, text, classes)
        notes += [f"“{label}” was taken as the label: it holds classes of the model"] if label else []
        notes += [] if label else _foreign_labels(table, text)
    return TextsToAnswer(table, text, None if label == NO_COLUMN else label, tuple(notes))


def with_empty_rows(table: Table) -> Table:
    """A table of one column with a row for each empty line that its reader left out, so that nothing shifts."""
    numbers = [int(number) for number in table.frame.index]
    if len(table.frame.columns) != 1 or numbers[-1] - numbers[0] == len(numbers) - 1:
        return table
    frame = table.frame.reindex(range(numbers[0], numbers[-1] + 1))
    return replace(table, frame=frame.astype(object).where(frame.notna(), None))


def _label_column(table: Table, text: str, classes: Collection[str]) -> str | None:
    """The column whose values are classes of the model, those called labels first."""
    known = {same_key(name) for name in classes}
    found = []
    for name in map(str, table.frame.columns):
        if name == text or has_other_name(name):
            continue
        cells = [same_key(cell) for cell in _filled(table.frame[name]) if cell.strip()]
        share = sum(cell in known for cell in cells) / len(cells) if cells else 0.0
        if share >= (_NAMED if has_label_name(name) else _UNNAMED):
            found.append((has_label_name(name), share, name))
    return max(found, key=lambda each: each[:2])[2] if found else None


def _foreign_labels(table: Table, text: str) -> list[str]:
    """What to say of a column called as labels are that holds no class of the model."""
    called = [name for name in map(str, table.frame.columns) if name != text and has_label_name(name)]
    return [f"“{name}” was not taken as the label: it holds no class of the model" for name in called[:1]]


def _refuse_unknown(table: Table, names: Sequence[str]) -> None:
    columns = [str(name) for name in table.frame.columns]
    for name in names:
        if name not in columns:
            raise DataError(
                f"There is no column “{name[:60]}”",
                remedy=f"Choose from: {', '.join(f'“{known}”' for known in columns[:20])}",
            )


def _filled(column: pd.Series) -> list[str]:
    return ["" if cell is None or cell != cell else str(cell) for cell in column]
