"""Pasted lines: one text per line with its label before or after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from seqcore.datasets.cells import clean_cell
from seqcore.datasets.column_names import LABEL_NAMES, OTHER_LABEL_NAMES, TEXT_NAMES, plain_name
from seqcore.datasets.formats.delimited import DELIMITERS
from seqcore.datasets.formats.fasttext_lines import labels_and_text
from seqcore.datasets.formats.labelled_lines import find_pairs
from seqcore.datasets.size_limits import refuse_too_many_rows
from seqcore.datasets.table import RawTable, Table, make_table
from seqcore.errors import DataError
from seqcore.settings import Settings

_MARKS = "\t|;,"  # the rarer a mark is in sentences, the more it says
_LONGEST_LABEL = 60
_MOST_LINES_WITHOUT = 0.2
_REMEDY = "Write one text per line, then a tab, comma, semicolon or pipe, then its label: I loved it, positive"


@dataclass(frozen=True)
class _Reading:
    """One way to read the lines: (text, label) pairs; the label is None where the delimiter is missing."""

    delimiter: str
    label_first: bool
    pairs: list[tuple[str, str | None]]

    def said(self) -> str:
        """Where the label stands, in a sentence."""
        if self.delimiter not in DELIMITERS and self.delimiter != " ":
            return f"Labels are marked by {self.delimiter}"
        mark = {**DELIMITERS, " ": "first space"}[self.delimiter]
        return f"The label stands {'before' if self.label_first else 'after'} the {mark}"

    def score(self) -> float:
        """How much the labels look like labels: present, repeated, short."""
        labels = [label for _, label in self.pairs if label is not None]
        if len(labels) < (1 - _MOST_LINES_WITHOUT) * len(self.pairs) or not labels:
            return 0.0
        if fmean(map(len, labels)) > _LONGEST_LABEL:
            return 0.0
        repeated = 1 - (len(set(labels)) - 1) / len(labels)
        one_class = 0.9 * (len(set(labels)) == 1 and len(labels) > 1)
        shorter = fmean(len(text) for text, label in self.pairs if label is not None) > fmean(map(len, labels))
        few_words = fmean(len(label.split()) <= 3 for label in labels)
        return len(labels) / len(self.pairs) + repeated + 0.5 * shorter + 0.5 * few_words - one_class


def read_pasted(text: str, *, limits: Settings) -> Table:
    """Read pasted lines as a table of the columns "text" and "label".

    Raises:
        DataError: nothing was pasted, it is too much, or no delimiter stands in most lines.
    """
    if len(text) > limits.max_pasted_characters:
        raise DataError(
            f"More than {limits.max_pasted_characters:,} characters were pasted",
            received=f"{len(text):,}",
            remedy="Upload them as a file",
        )
    lines = [(number, line) for number, line in enumerate(_lines(text), start=1) if line.strip()]
    if not lines:
        raise DataError("Nothing was pasted", remedy=_REMEDY)
    refuse_too_many_rows(len(lines) - 1, limits)
    reading = _marked_labels([line for _, line in lines]) or _best_reading([line for _, line in lines])
    pairs, numbers = reading.pairs, [number for number, _ in lines]
    notes = [reading.said()]
    if _is_heading(*pairs[0]):
        pairs, numbers = pairs[1:], numbers[1:]
        notes.append("The first line names the columns")
    columns = {
        "text": [clean_cell(content) for content, _ in pairs],
        "label": [clean_cell(label or "") for _, label in pairs],
    }
    return make_table("Pasted text", RawTable(columns, numbers), notes, limits=limits)


def _lines(text: str) -> list[str]:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _marked_labels(lines: Sequence[str]) -> _Reading | None:
    """The lines as fastText has them; None unless every line has a label with its prefix."""
    found = [labels_and_text(line) for line in lines]
    if not all(labels for labels, _ in found):
        return None
    return _Reading("__label__", True, [(text, labels[0]) for labels, text in found])


def _best_reading(lines: Sequence[str]) -> _Reading:
    readings = [_read_as(lines, delimiter, first) for delimiter in _MARKS for first in (False, True)]
    best = max(readings, key=_Reading.score)  # the first of equals: tab before comma, label last before label first
    if not best.score():
        other = find_pairs(lines)
        if other is not None:
            pairs = [other.split(line) for line in lines]
            return _Reading(other.mark, other.label_first, [(text, label or None) for label, text in pairs])
        raise DataError("No label was found in most lines", received=repr(lines[0].strip()[:60]), remedy=_REMEDY)
    return best


def _read_as(lines: Sequence[str], delimiter: str, label_first: bool) -> _Reading:
    pairs: list[tuple[str, str | None]] = []
    for line in lines:
        line = line.strip(" ")
        before, found, after = line.partition(delimiter) if label_first else line.rpartition(delimiter)
        text, label = (after, before) if label_first else (before, after)
        pairs.append((_unquoted(text), _unquoted(label)) if found else (_unquoted(line), None))
    return _Reading(delimiter, label_first, pairs)


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"').strip()
    return cell


def _is_heading(text: str, label: str | None) -> bool:
    return label is not None and plain_name(text) in TEXT_NAMES and plain_name(label) in LABEL_NAMES + OTHER_LABEL_NAMES
