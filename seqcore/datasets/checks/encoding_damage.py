"""Texts that were read in the wrong encoding somewhere on their way: “donâ€™t” for “don’t”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_REPLACED = "\ufffd"


@dataclass(frozen=True)
class Damage:
    """A damaged text.

    Attributes:
        row: Which one.
        place: Where the damage begins in it.
        mended: The text as it was meant; None where that cannot be told.
    """

    row: int
    place: int
    mended: str | None


def damaged_texts(texts: Sequence[str]) -> Iterator[Damage]:
    """Texts with sequences that only a wrong encoding writes, by ftfy's heuristics (Speer 2019)."""
    from ftfy import fix_encoding
    from ftfy.badness import BADNESS_RE

    for row, text in enumerate(texts):
        if text.isascii():
            continue
        bad = BADNESS_RE.search(text)
        if bad is None and _REPLACED not in text:
            continue
        mended = fix_encoding(text)
        if mended != text:
            place = next(at for at, sign in enumerate(text) if mended[at : at + 1] != sign)
            yield Damage(row, place, mended)
        elif _REPLACED in text:
            yield Damage(row, text.index(_REPLACED), None)
