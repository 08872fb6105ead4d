"""Which rows at the top of a table are no data: titles and comments above the names, and the names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from seqcore.datasets.column_names import is_known_name
from seqcore.errors import DataError

Row = list[str]

_ROWS_LOOKED_AT = 500
MOST_ABOVE = 20  # rows above the names
_LONGEST_NAME = 60
_NEARLY_ALL = 0.9
_FEW_ROWS = 8  # in which every class may stand but once
_ALIKE = frozenset({("capitals", "capitals"), ("small", "small")})
_NO_HEADER = (
    "No header row was found; the first row is data. If it names the columns, say so under “How the file was read”, "
    "or with --header 1"
)
_IMPORT_ID = re.compile(r'\{"ImportId"\s*:')
_COMMENT = re.compile(r"\s*(#|//|%|--)")
_USUAL_LABELS = frozenset({
    "positive", "negative", "neutral", "pos", "neg", "spam", "ham", "true", "false", "yes", "no",
    "0", "1", "2", "3", "4", "5", "good", "bad", "toxic",
})  # fmt: skip


@dataclass(frozen=True)
class Header:
    """What stands above the data.

    Attributes:
        rows: How many rows, blank ones not counted.
        names: Names of the columns; empty when nothing names them.
        notes: What was left out and why, one sentence each.
        sure: Whether no other reading is likely.
    """

    rows: int
    names: Row
    notes: list[str] = field(default_factory=list)
    sure: bool = True


def find_header(rows: Sequence[Row], decided: int | None = None) -> Header:
    """The header of a table.

    Args:
        rows: Its rows, without blank ones and without empty cells at their ends.
        decided: How many rows a person said it has.

    Raises:
        DataError: a person said that more rows belong to it than there are.
    """
    if decided is not None:
        return _as_decided(rows, decided)
    sample = list(rows[:_ROWS_LOOKED_AT])
    questions = _rows_of_a_survey(sample)
    if questions:
        return Header(questions, sample[0], [f"{questions} header rows: Qualtrics writes names, questions and ids"])
    above = _rows_above(sample)
    if above:
        told = f"{above} rows above the names of the columns were" if above > 1 else "1 row above the names was"
        shown = " ".join(filter(None, sample[0]))[:60]
        note = f"{told} left out: “{shown}”; keep them under “How the file was read”, or with --header 0"
        return Header(above + 1, _told_apart(sample[above], sample[above - 1]), [note], sure=False)
    if looks_like_header(sample):
        return Header(1, sample[0], sure=any(is_known_name(cell) for cell in sample[0]))
    return Header(0, [], [_NO_HEADER], sure=False)


def looks_like_header(rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns.

    It does when a cell is a usual name ("text", "label", ...) and does not stand again in its own column; it does not
    when a cell is a number or a class that occurs again below.
    """
    first, rest = rows[0], rows[1:]
    cells = [cell.strip() for cell in first]
    again = [_stands_again(cell, position, rest) for position, cell in enumerate(cells)]
    known = [is_known_name(cell) for cell in cells]
    if any(known):
        names = sum(name and not repeated for name, repeated in zip(known, again, strict=True))
        return all(known) or names >= sum(again)  # one whole header may stand again, where files were joined
    if _are_numbered(cells, rest):
        return True
    if any(is_number(cell) or cell.casefold() in _USUAL_LABELS or len(cell) > _LONGEST_NAME for cell in cells):
        return False
    if not rest or len(set(cells)) < len(cells):
        return not rest
    if len(cells) == 1 and max(map(len, rest)) == 1:
        sentences = sum(len(row[0].split()) > 1 for row in rest)
        return not again[0] and len(cells[0].split()) == 1 and sentences >= _NEARLY_ALL * len(rest)
    return not any(again) and all(len(cell.split()) <= 3 for cell in cells) and not _is_like_the_others(cells, rest)


def _are_numbered(cells: Row, rest: Sequence[Row]) -> bool:
    """Whether the cells are 0, 1, 2, ..., as programs name columns, over a column that has words."""
    numbered = cells[cells[0] == "" :]  # of row names the first has none
    if len(numbered) < 2 or numbered != [str(number) for number in range(len(numbered))]:
        return False
    return any(
        sum(len(row) > at and len(row[at].split()) > 1 for row in rest) > len(rest) / 2 for at in range(len(cells))
    )


def _is_like_the_others(cells: Row, rest: Sequence[Row]) -> bool:
    """Whether the first of a few rows has words enough to be a text, and a class in capitals as those below are.

    In a few rows no class need stand again; "Verdict" over "up" and "down" is no class.
    """
    if len(rest) > _FEW_ROWS:
        return False
    texts, classes = 0, 0
    for at, cell in enumerate(cells):
        below = [row[at].strip() for row in rest if len(row) > at and row[at].strip()]
        words = [len(other.split()) for other in below]
        texts += bool(below) and min(words) > 1 and len(cell.split()) >= min(words)
        classes += bool(below) and max(words) == 1 and (_spelled(cell), *set(map(_spelled, below))) in _ALIKE
    return texts > 0 and classes > 0 and texts + classes == len(cells)


def _spelled(cell: str) -> str:
    return "capitals" if cell.isupper() and len(cell) > 1 else "small" if cell.islower() else ""


def is_number(cell: str) -> bool:
    """Whether a cell is a plain number."""
    return re.fullmatch(r"[-+]?\d+([.,]\d+)?", cell.strip()) is not None


def _as_decided(rows: Sequence[Row], decided: int) -> Header:
    if decided >= len(rows) and decided:
        raise DataError(
            "The file has no rows below so many header rows",
            received=f"{decided:,} header rows, {len(rows):,} rows in all",
            remedy="Give a smaller number of header rows",
        )
    if not decided:
        return Header(0, [])
    above = rows[decided - 2] if decided > 1 else []
    return Header(decided, _told_apart(rows[decided - 1], above))


def _rows_above(rows: Sequence[Row]) -> int:
    """How many rows are titles, comments or headings over the row of names; 0 when there is no such row."""
    width = _usual_width(rows)
    if looks_like_header(rows) and any(map(is_known_name, rows[0])) and not _may_stand_above(rows[0], width):
        return 0
    for at in range(1, min(MOST_ABOVE, len(rows) - 1)):  # two rows of names, or what a tool says of itself
        known = sum(map(is_known_name, rows[at]))
        if known >= max(2, len(rows[at]) / 2) and _names_below(rows, at, width) and not _stand_below(rows, at):
            return at
    above = 0
    while above < min(MOST_ABOVE, len(rows) - 2) and width > 1 and _may_stand_above(rows[above], width):
        above += 1
        if _names_below(rows, above, width):
            return above
    return 0


def _rows_of_a_survey(rows: Sequence[Row]) -> int:
    """How many rows head an export of Qualtrics, the last of them ids such as {"ImportId":"QID1"}; 0 for others."""
    for at in range(1, min(4, len(rows) - 1)):
        if all(_IMPORT_ID.match(cell) for cell in rows[at] if cell.strip()):
            return at + 1
    return 0


def _stand_below(rows: Sequence[Row], at: int) -> bool:
    """Whether values of the rows above a row stand below it too, in their columns: those rows are data."""
    below = rows[at + 1 :]
    return any(_stands_again(cell.strip(), column, below) for row in rows[:at] for column, cell in enumerate(row))


def _may_stand_above(row: Row, width: int) -> bool:
    """Whether a row says less than a row of data, or is a comment."""
    filled = sum(bool(cell.strip()) for cell in row)
    comment = _COMMENT.match(row[0]) is not None and not is_known_name(row[0].lstrip("# "))
    return comment or filled < max(width, 2)


def _names_below(rows: Sequence[Row], at: int, width: int) -> bool:
    """Whether a row names the columns: as many as there are, a usual name among them, and none of them data."""
    names = rows[at]
    filled = sum(bool(cell.strip()) for cell in names)
    if filled < max(2, width - 1) or _COMMENT.match(names[0]):
        return False
    known = [is_known_name(cell) for cell in names]
    cells = [cell.strip() for cell in names]
    data = any(is_number(cell) or len(cell) > _LONGEST_NAME for cell in cells)
    return any(known) and not data and looks_like_header(rows[at:])


def _usual_width(rows: Sequence[Row]) -> int:
    widths = Counter(len(row) for row in rows)
    return widths.most_common(1)[0][0] if widths else 0


def _told_apart(names: Row, headings: Row) -> Row:
    """Names; those that stand twice with the heading above them."""
    copies = Counter(name.strip() for name in names)
    above = ""
    found = []
    for position, name in enumerate(names):
        above = (headings[position].strip() if position < len(headings) else "") or above
        found.append(f"{above} {name.strip()}" if copies[name.strip()] > 1 and above and name.strip() else name)
    return found


def _stands_again(cell: str, position: int, rows: Sequence[Row]) -> bool:
    return bool(cell) and any(len(row) > position and row[position].strip() == cell for row in rows)
