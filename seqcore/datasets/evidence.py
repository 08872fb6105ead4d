"""Which words of each text decide its label, where somebody knows it: a column of places beside the texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData

EVIDENCE = "evidence"  # name of the column
_WORD = re.compile(r"\S+")
_PLACES = re.compile(r"\d{1,7}( \d{1,7})*", re.ASCII)

Places = tuple[int, ...]
Span = tuple[int, int]


def as_cell(places: Iterable[int]) -> str:
    """Places of words as a cell of the column: `"3 17"`."""
    return " ".join(map(str, sorted(places)))


def places_in(cell: str) -> Places:
    """The places that a cell names, counted from 0; of one that names none, none."""
    return tuple(int(place) for place in cell.split()) if _PLACES.fullmatch(cell) else ()


def names_places(cells: Sequence[str]) -> bool:
    """Whether a column says which words matter: places in some rows, and nothing else in the others."""
    said = [cell for cell in cells if cell]
    return bool(said) and all(map(_PLACES.fullmatch, said))


def evidence_of(data: LabelledData) -> tuple[Places, ...] | None:
    """For each row the places of the words that matter, (rows,); None where the data do not say."""
    cells = data.other_columns.get(EVIDENCE)
    return None if cells is None or not names_places(cells) else tuple(map(places_in, cells))


def evidence_by_text(data: LabelledData) -> dict[str, Places] | None:
    """The same by the text; None where the data do not say."""
    known = evidence_of(data)
    return None if known is None else dict(zip(data.examples, known, strict=True))


def spans_of(text: str, places: Iterable[int]) -> tuple[Span, ...]:
    """Where the words at these places begin and end in the text; white space stands between words.

    Places beyond the end of the text are passed over: whoever cut the text took these words away.
    """
    words = [found.span() for found in _WORD.finditer(text)]
    return tuple(words[place] for place in sorted(set(places)) if place < len(words))


def words_at(text: str, places: Iterable[int]) -> tuple[str, ...]:
    """The words at these places, as `spans_of` finds them."""
    return tuple(text[start:end] for start, end in spans_of(text, places))
