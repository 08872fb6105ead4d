"""How a file was read, told in the same way on pages and on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from seqcore.datasets.formats.read_as import HowRead
from seqcore.datasets.labelled_data import Dropped
from seqcore.datasets.table import Table, count_of_rows


@dataclass(frozen=True)
class Reading:
    """What was made of a file.

    Attributes:
        file: Display name of the file.
        encoding: Name of the codec; None where there is none, as in a workbook.
        delimiter: The character between the columns; None where there is none.
        text: Columns of the texts, joined when there are several.
        label: Column of the labels; None when the texts need none.
        split: Column that says train, validation or test.
        rows: Rows that can be used.
        dropped: Rows that were left out, and why.
        notes: What was decided and repaired, one sentence each.
        sheet: Name of the sheet of a workbook.
        member: Name of the file in an archive.
        test: The same of the test file, if there is one.
    """

    file: str
    encoding: str | None
    delimiter: str | None
    text: tuple[str, ...]
    label: str | None
    split: str | None
    rows: int
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    sheet: str | None = None
    member: str | None = None
    test: Reading | None = None

    @property
    def left_out(self) -> int:
        """Number of rows that were left out."""
        return sum(dropped.count for dropped in self.dropped)

    def to_json(self) -> dict[str, Any]:
        """As plain values; several text columns are a list, one is its name."""
        values = {
            "file": self.file,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "text": self.text[0] if len(self.text) == 1 else list(self.text),
            "label": self.label,
            "split": self.split,
            "rows": self.rows,
            "dropped": [{"reason": each.reason, "count": each.count, "rows": list(each.rows)} for each in self.dropped],
            "notes": list(self.notes),
        }
        further = {"sheet": self.sheet, "member": self.member, "test": self.test and self.test.to_json()}
        return values | {name: value for name, value in further.items() if value is not None}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Reading:
        """What `to_json` wrote.

        Raises:
            KeyError: something is missing.
            TypeError: something is of another type.
        """
        text, test = values["text"], values.get("test")
        changed = {
            "text": (text,) if isinstance(text, str) else tuple(text),
            "dropped": tuple(Dropped(one["reason"], one["count"], tuple(one["rows"])) for one in values["dropped"]),
            "notes": tuple(values["notes"]),
            "test": None if test is None else cls.from_json(test),
        }
        return cls(**{**values, **changed})

    def sentences(self) -> list[str]:
        """The same for people, one line each; what the notes say already is not said twice."""
        columns = f"text “{' + '.join(self.text)}”" + (f", label “{self.label}”" if self.label else "")
        columns += f", split “{self.split}”" if self.split else ""
        how = [f"encoding {self.encoding}"] if self.encoding else []
        how += (
            [f"columns separated by {_DELIMITERS.get(self.delimiter, f'“{self.delimiter}”')}"] if self.delimiter else []
        )
        how += [f"sheet “{self.sheet}”"] if self.sheet else []
        how += [f"“{self.member}” in it"] if self.member else []
        read = f"Read {self.file}: {self.rows:,} row{'s' * (self.rows != 1)}; {columns}" + "".join(
            f"; {one}" for one in how
        )
        lines = [
            read,
            *(f"{count_of_rows(one.count)} left out: {one.reason}{_numbers(one)}" for one in self.dropped),
            *self.notes,
        ]
        return lines + (self.test.sentences() if self.test else [])


_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "a space"}


def reading_of(
    table: Table,
    *,
    text: str | Sequence[str],
    label: str | None = None,
    split: str | None = None,
    rows: int,
    dropped: Sequence[Dropped] = (),
    notes: Sequence[str] = (),
) -> Reading:
    """What was made of a table, with the notes of its reader before those given."""
    how: HowRead = table.how
    texts = (text,) if isinstance(text, str) else tuple(text)
    known = Reading(table.name, how.encoding, how.delimiter, texts, label, split, rows, tuple(dropped))
    return replace(known, notes=(*table.notes, *notes), sheet=how.sheet, member=how.member)


def described_reading(
    table: Table,
    *,
    text: str | Sequence[str],
    label: str | None = None,
    rows: int,
    dropped: Sequence[Dropped] = (),
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """What was made of a table as plain values: the "read" of every command.

    Args:
        table: What was read.
        text: The column, or columns, that were taken as texts.
        label: The column that was taken as labels.
        rows: Rows that can be used.
        dropped: Rows that were left out, and why.
        notes: What was decided beside what the table's own notes say.
    """
    return reading_of(table, text=text, label=label, rows=rows, dropped=dropped, notes=notes).to_json()


def _numbers(dropped: Dropped) -> str:
    if not dropped.rows:
        return ""
    shown = ", ".join(map(str, dropped.rows[:5])) + (", …" if dropped.count > 5 else "")
    return f" (row {shown})" if dropped.count == 1 else f" (rows {shown})"
