"""What became of the words of a text: which of a changed one are new, and which of before are gone from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST_MATCHED = 1_500  # words between the first and the last that differ; of more, all of them are new


@dataclass(frozen=True)
class ChangedWord:
    """A word of the changed text.

    Attributes:
        before: Its place among the words of before, from 0; None where it is new.
        gone: Words of before that stood between it and the one in front of it, and stand there no more.
    """

    before: int | None
    gone: tuple[str, ...] = ()


def changed_words(before: Sequence[str], now: Sequence[str]) -> tuple[list[ChangedWord], tuple[str, ...]]:
    """A `ChangedWord` for each word of now, and the words that are gone behind the last one.

    Args:
        before: The words of a text.
        now: Those of the text that was made of it.
    """
    found, gone = list[ChangedWord](), list[str]()
    for what, a, b, c, d in _operations(before, now):
        if what == "equal":
            for place in range(b - a):
                found.append(ChangedWord(a + place, tuple(gone)))
                gone = []
        else:
            gone += before[a:b]
            for _ in range(c, d):
                found.append(ChangedWord(None, tuple(gone)))
                gone = []
    return found, tuple(gone)


def _operations(before: Sequence[str], now: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher` says them, of the part that differs only: a matcher takes the square of its length."""
    same = min(len(before), len(now))
    first = next((place for place in range(same) if before[place] != now[place]), same)
    last = next((place for place in range(same - first) if before[-1 - place] != now[-1 - place]), same - first)
    old, new = before[first : len(before) - last], now[first : len(now) - last]
    ends = ("equal", len(before) - last, len(before), len(now) - last, len(now))
    if max(len(old), len(new)) > _MOST_MATCHED:
        middle = [("replace", first, first + len(old), first, first + len(new))]
    else:
        codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        middle = [(what, a + first, b + first, c + first, d + first) for what, a, b, c, d in codes]
    return [("equal", 0, first, 0, first), *middle, ends]
