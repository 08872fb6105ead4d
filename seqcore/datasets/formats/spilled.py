"""Text that holds the delimiter itself and so spilled into more cells than there are columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from statistics import fmean

from seqcore.datasets.column_names import Says, says_label, says_text
from seqcore.datasets.formats.headers import is_number

Row = list[str]

_ROWS_LOOKED_AT = 1000
_AGREE = 0.8  # share of cells beside the text that look like the others of their column
_AGREE_BY_NAME = 0.5  # the same where names say which is which
_LONGEST_CLASS = 60
_MOSTLY, _HARDLY_ANY = 0.9, 0.02  # shares of rows
_BY_NAME = 0.3  # what a usual name is worth beside that share


def column_of_text(rows: Sequence[Row], width: int, names: Row) -> tuple[int, float]:
    """The column whose text spilled, and from 0 to 1 how well all other columns agree with that.

    Cells left of the text keep their places from the left, those right of it from the right; in the right place, a
    column is of numbers or of values that stand in it again.

    Args:
        rows: The rows.
        width: How many columns there are.
        names: Their names, where there are any.
    """
    sample = [row for row in rows[:_ROWS_LOOKED_AT] if len(row) >= width]
    if not sample or width < 2:
        return max(width - 1, 0), 0.0
    left = [_agreement([row[column].strip() for row in sample]) for column in range(width)]
    right = [_agreement([row[column - width].strip() for row in sample]) for column in range(width)]
    lengths = _mean_lengths(sample, width)
    found = []
    for at in range(width):
        agreement = (sum(left[:at]) + sum(right[at + 1 :])) / (width - 1)
        found.append((agreement + _BY_NAME * _fits_by_name(at, names), lengths[at], at, agreement))
    best = max(found)
    return best[2], best[3]


def _mean_lengths(rows: Sequence[Row], width: int) -> list[float]:
    """Characters of the text, in the mean, for each column that it could be."""
    totals = [0] * width
    for row in rows:
        until = [0, *accumulate(map(len, row))]
        extra = len(row) - width + 1
        for at in range(width):
            totals[at] += until[at + extra] - until[at]
    return [total / len(rows) for total in totals]


def spills(rows: Sequence[Row], header: Row) -> bool:
    """Whether rows wider than the header have text that spilled, not columns without a name."""
    named = [cell for cell in header if cell.strip()]
    if len(named) < len(header) or len(header) < 2:
        return False
    fitting = any(len(row) == len(header) for row in rows)
    at, agreement = column_of_text(rows, len(header), header)
    sure = says_text(header[at]) is Says.EXACTLY and any(
        says_label(name) is Says.EXACTLY for position, name in enumerate(header) if position != at
    )
    return agreement >= (_AGREE_BY_NAME if sure else _AGREE) and (fitting or sure) and not _fit_in_place(rows, header)


def _fit_in_place(rows: Sequence[Row], header: Row) -> bool:
    """Whether wide rows are in order as they stand: a label under its name, and classes or numbers beyond the names."""
    width = len(header)
    wide = [row for row in rows[:_ROWS_LOOKED_AT] if len(row) > width]
    labels = [at for at, name in enumerate(header) if says_label(name) is Says.EXACTLY]
    if not labels or not wide or _begin_with_a_space(wide, width) > _begin_with_a_space(wide, labels[0]):
        return False
    return all(_agreement([row[at].strip() for row in wide]) >= _AGREE for at in (labels[0], width))


def _begin_with_a_space(rows: Sequence[Row], at: int) -> float:
    """Share of cells that go on as sentences do behind a comma."""
    return fmean(row[at].startswith(" ") for row in rows)


def width_without_header(rows: Sequence[Row]) -> int:
    """How many columns rows have that nothing names: the commonest width, or fewer where text spilled."""
    widths = Counter(len(row) for row in rows)
    common, count = widths.most_common(1)[0]
    narrow = min(width for width in widths if width > 1) if max(widths) > 1 else 1
    uneven = narrow < common and count < _MOSTLY * len(rows) and widths[1] <= _HARDLY_ANY * len(rows)
    return narrow if uneven and column_of_text(rows, narrow, [])[1] >= _AGREE else common


def _agreement(cells: Sequence[str]) -> float:
    """Share of cells that look like a column of classes or numbers."""
    numbers = fmean(is_number(cell) for cell in cells)
    counts = Counter(cells)
    again = sum(count for cell, count in counts.items() if count > 1 and len(cell) <= _LONGEST_CLASS)
    few = len(counts) <= max(2, len(cells) / 2)
    return max(numbers, again / len(cells) if few else 0.0)


def _fits_by_name(at: int, names: Row) -> bool:
    return at < len(names) and says_text(names[at]) is Says.EXACTLY
