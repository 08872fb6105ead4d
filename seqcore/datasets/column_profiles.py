"""What the cells of a column look like, whatever its name."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqcore.datasets.table import Table

ROWS_LOOKED_AT = 1000
_CHARACTERS_LOOKED_AT = 1000
_NEARLY_ALL = 0.9
_INITIALS = re.compile(r"[^\W\d_]\.?[^\W\d_]\.?([^\W\d_]\.?)?")
_SHORT_CLASSES = frozenset({"POS", "NEG", "NEU", "OFF", "NOT", "HOF", "NO", "YES", "HAM", "PRO", "CON", "OK", "BAD"})
_USUAL_CLASSES = frozenset({
    "positive", "negative", "neutral", "pos", "neg", "neu", "spam", "ham", "good", "bad", "toxic", "offensive",
    "mixed", "irrelevant", "positiv", "negativ", "positif", "négatif", "positivo", "negativo", "neutro", "正面", "负面",
})  # fmt: skip
_MARKED = re.compile(r"[a-z]{1,4}\d{1,6}", re.IGNORECASE)  # "gj04": of a source rather than a class
_YES_AND_NO = frozenset({"true", "false", "yes", "no", "t", "f", "y", "n"})
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([ T].*)?|\d{1,2}[-/. ]\d{1,2}[-/., ]+\d{2,4}( .*)?"
    r"|\d{1,2}:\d{2}(:\d{2})?( [ap]m)?"
    rf"|((mon|tue|wed|thu|fri|sat|sun)\w*,? )?(({_MONTHS})\w*\.? \d|\d{{1,2}}\.? ({_MONTHS})\w*\.?[ ,]).*",
    re.IGNORECASE | re.ASCII,
)
_ADDRESS = re.compile(r"((https?|ftp)://|www\.)\S+|\S+@\S+\.\w+", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(\d[\d.,]*|\.\d+)([eE][-+]?\d+)?\s?[%$€£]?", re.ASCII)
_CODE = re.compile(r"(?=\S*\d)[\w.:/+=-]+")
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class Cells(Enum):
    """What nearly all cells of a column are."""

    WORDS = "words"
    NUMBERS = "numbers"
    RUNNING = "running numbers"
    BOOLEANS = "yes or no"
    DATES = "dates"
    ADDRESSES = "addresses"
    CODES = "codes"
    INITIALS = "initials"
    STRUCTURES = "lists or objects"
    EMPTY = "nothing"


@dataclass(frozen=True)
class ColumnProfile:
    """What the cells of a column look like, missing ones aside.

    Attributes:
        name: The column.
        cells: What nearly all of them are.
        filled: How many were looked at.
        missing: Share of rows without one.
        distinct: Different ones among them.
        mean_length: Their characters, in the mean.
        words: Their words, in the mean; two letters of a script without spaces count as one.
        spaced: Share of those with more than one word.
        decimals: Whether they are numbers that are not all whole.
        usual_classes: Whether most of them are classes that many people use, such as "positive".
        marked: Whether they are a few letters and a number, as programs mark sources and persons.
        sampled: Whether the column has more than were looked at.
    """

    name: str
    cells: Cells
    filled: int = 0
    missing: float = 0.0
    distinct: int = 0
    mean_length: float = 0.0
    words: float = 0.0
    spaced: float = 0.0
    decimals: bool = False
    usual_classes: bool = False
    marked: bool = False
    sampled: bool = False

    @property
    def repeats(self) -> float:
        """Rows for each distinct value."""
        return self.filled / self.distinct if self.distinct else 0.0

    @property
    def own_in_every_row(self) -> bool:
        """Whether hardly any value stands twice."""
        return self.filled > 20 and self.repeats < 1.2


def profiles_of(table: Table) -> list[ColumnProfile]:
    """Profiles of the columns, from rows spread over the whole table (files are often sorted by label)."""
    chosen = _rows_looked_at(len(table.frame))
    rows = table.frame.iloc[chosen]
    profiles = [profile_of(str(name), rows[name]) for name in rows.columns]
    return [replace(profile, sampled=len(chosen) < len(table.frame)) for profile in profiles]


def _rows_looked_at(rows: int) -> list[int]:
    """One row of each of so many equal stretches, now here and now there: labels may take turns."""
    if rows <= ROWS_LOOKED_AT:
        return list(range(rows))
    chance = random.Random(0)
    ends = [rows * at // ROWS_LOOKED_AT for at in range(ROWS_LOOKED_AT + 1)]
    return [chance.randrange(start, end) for start, end in pairwise(ends)]


def profile_of(name: str, column: Iterable[str | None]) -> ColumnProfile:
    """The profile of a column's cells."""
    column = list(column)
    cells = [cell.strip()[:_CHARACTERS_LOOKED_AT] for cell in column if cell is not None and cell.strip()]
    if not cells:
        return ColumnProfile(name, Cells.EMPTY)
    words = [_words(cell) for cell in cells]
    return ColumnProfile(
        name,
        _cells(cells),
        len(cells),
        1.0 - len(cells) / len(column),
        len(set(cells)),
        fmean(map(len, cells)),
        fmean(words),
        fmean(many > 1 for many in words),
        any(not float(cell).is_integer() for cell in cells if re.fullmatch(r"-?\d{1,15}\.\d+", cell, re.ASCII)),
        sum(cell.casefold() in _USUAL_CLASSES for cell in cells) > len(cells) / 2,
        _most(cells, _MARKED.fullmatch),
    )


def _cells(cells: Sequence[str]) -> Cells:
    if all(cell.casefold() in _YES_AND_NO for cell in cells):
        return Cells.BOOLEANS
    if _most(cells, lambda cell: cell[0] + cell[-1] in ("{}", "[]")):
        return Cells.STRUCTURES
    if _most(cells, _ADDRESS.fullmatch):
        return Cells.ADDRESSES
    if _most(cells, _DATE.fullmatch):
        return Cells.DATES
    if _most(cells, _NUMBER.fullmatch):
        return Cells.RUNNING if _is_running(cells) else Cells.NUMBERS
    if _most(cells, _CODE.fullmatch) and len(set(cells)) > _NEARLY_ALL * len(cells) > 3:
        return Cells.CODES
    if _most(cells, lambda cell: cell.isupper() and _INITIALS.fullmatch(cell) and cell not in _SHORT_CLASSES):
        return Cells.INITIALS
    return Cells.WORDS


def _is_running(cells: Sequence[str]) -> bool:
    """Whether whole numbers count the rows, or name each by one of its own."""
    if len(cells) < 2 or len(set(cells)) < len(cells) or not all(re.fullmatch(r"\d{1,18}", cell) for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    return len(cells) > 20 or (len(steps) == 1 and min(steps) > 0) or max(numbers) - min(numbers) == len(numbers) - 1


def _most(cells: Sequence[str], fits: Callable[[str], object]) -> bool:
    return sum(bool(fits(cell)) for cell in cells) >= _NEARLY_ALL * len(cells)


def _words(cell: str) -> float:
    unspaced = 0 if cell.isascii() else len(_WITHOUT_SPACES.findall(cell))
    return max(float(len(cell.split())), unspaced / 2)
