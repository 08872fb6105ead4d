"""Which cells of a table are numbers, and which stand for a missing one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MISSING = ("", "?", "NA", "N/A", "#N/A", "na", "n/a", "NaN", "nan", "NAN", "null", "NULL", "None", "none", "<NA>", "-")
_MISSING = frozenset(MISSING)
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+([eE][-+]?\d+)?", re.ASCII)
_INFINITE = frozenset({"inf", "-inf", "+inf", "infinity", "-infinity", "+infinity"})


def is_missing(cell: str | None) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or cell.strip() in _MISSING


def is_number(cell: str) -> bool:
    """Whether a cell is a number, written with a point."""
    cell = cell.strip()
    return _NUMBER.fullmatch(cell) is not None or cell.lower() in _INFINITE


def has_decimal_comma(cell: str) -> bool:
    """Whether a cell is a number that is written with a comma."""
    return _DECIMAL_COMMA.fullmatch(cell.strip()) is not None


@dataclass(frozen=True)
class NumberProfile:
    """What stands in a column, missing cells aside.

    Attributes:
        name: The column.
        filled: How many cells have something.
        numbers: How many of them are numbers.
        whole: Whether all of them are whole numbers.
        distinct: Different ones among them.
        longest: Mean length in characters.
        words: Mean number of words.
    """

    name: str
    filled: int
    numbers: int
    whole: bool
    distinct: int
    longest: float
    words: float

    @property
    def is_numeric(self) -> bool:
        """Whether nearly all of them are numbers: a slip among many is one, and is told where it stands."""
        return self.filled > 0 and self.numbers >= 0.9 * self.filled

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.filled == 0

    @property
    def is_text(self) -> bool:
        """Whether what stands in it is too long or too varied for labels."""
        varied = self.filled >= 8 and self.distinct > 0.5 * self.filled
        return not self.is_numeric and not self.is_empty and (self.words > 3 or self.longest > 40 or varied)


def profile_of(name: str, cells: Sequence[str | None]) -> NumberProfile:
    """The profile of a column's cells."""
    there = [cell.strip() for cell in cells if cell is not None and not is_missing(cell)]
    if not there:
        return NumberProfile(name, 0, 0, False, 0, 0.0, 0.0)
    numbers = sum(map(is_number, there))
    whole = numbers == len(there) and all(_is_whole(cell) for cell in there)
    words = sum(len(cell.split()) for cell in there) / len(there)
    mean = sum(map(len, there)) / len(there)
    return NumberProfile(name, len(there), numbers, whole, len(set(there)), mean, words)


def _is_whole(cell: str) -> bool:
    if cell.lower() in _INFINITE:
        return False
    return float(cell).is_integer()
