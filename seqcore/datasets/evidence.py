"""Which words of each text decide its label, where somebody knows it: a column of places beside the texts."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData

EVIDENCE = "evidence"  # name of the column
_WORD = re.compile(r"\S+")
_PLACES = re.compile(r"\d{1,7}( \d{1,7})*", re.ASCII)

Places = tuple[int, ...]
Span = tuple[int, int]
Evidence = Places | tuple[Span, ...]  # of a text the places of its words, else where its moments begin and end


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


def spans_by_example(data: LabelledData) -> dict[Hashable, tuple[Span, ...]] | None:
    """Where the moments stand that decide the label of each example; None where the data do not say.

    Data whose steps are moments say it themselves: their `evidence` has for each row a first moment and one behind the
    last, from 0, the same where none matters. Examples are told apart by `key_of`.
    """
    known: Sequence[Span] | None = getattr(data, EVIDENCE, None)
    if known is None:
        return None
    spans = (((start, end),) if end > start else () for start, end in known)
    return dict(zip(map(key_of, data.examples), spans, strict=True))


def key_of(example: Any) -> Hashable:
    """What tells an example from others: of numbers their bytes, else the example itself."""
    return example.tobytes() if isinstance(example, np.ndarray) else example


def spans_known(example: Any, known: Mapping[Hashable, Evidence]) -> tuple[Span, ...]:
    """Where the steps of an example stand that decide its label, by what is known of all; none of an unknown one."""
    found = known.get(key_of(example), ())
    if isinstance(example, str):
        return spans_of(example, (place for place in found if isinstance(place, int)))
    return tuple(span for span in found if not isinstance(span, int))


def spans_of(text: str, places: Iterable[int]) -> tuple[Span, ...]:
    """Where the words at these places begin and end in the text; white space stands between words.

    Places beyond the end of the text are passed over: whoever cut the text took these words away.
    """
    words = [found.span() for found in _WORD.finditer(text)]
    return tuple(words[place] for place in sorted(set(places)) if place < len(words))


def words_at(text: str, places: Iterable[int]) -> tuple[str, ...]:
    """The words at these places, as `spans_of` finds them."""
    return tuple(text[start:end] for start, end in spans_of(text, places))
