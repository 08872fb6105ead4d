"""Which neighbouring pieces of a text run against its direction, so that a page can keep their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def direction_of(text: str) -> str:
    """ "rtl" or "ltr", by the first letter; "" without one.

    Example:
        >>> direction_of("(فيلم)"), direction_of("good"), direction_of("12!")
        ('rtl', 'ltr', '')
    """
    for sign in text:
        if sign.isalpha():
            return "rtl" if unicodedata.bidirectional(sign) in ("R", "AL") else "ltr"
    return ""


def stretches(pieces: Sequence[str], direction: str) -> list[range]:
    """Places of two pieces or more, one after the other, of the other direction; those without a letter stay between.

    Args:
        pieces: Of the text, each shown as an isolate.
        direction: Of the whole.
    """
    found, first, last = list[range](), -1, -1
    for place, piece in enumerate([*pieces, "a" if direction == "ltr" else "\u05d0"]):
        runs = direction_of(piece)
        if not runs:
            continue
        if runs != direction:
            first, last = (place if first < 0 else first), place
            continue
        if first < last:
            found.append(range(first, last + 1))
        first = last = -1
    return found
