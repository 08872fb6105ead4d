"""One word or mark that gives the class away."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seqcore.datasets.twins.words import Words

_COVERS = 0.2  # share of a class that has the word
_WRONG = 0.15  # most that taking the word for its class is wrong, of what guessing the class is wrong
_FEWEST = 20  # texts with the word
_AT_ONCE = 4096  # texts whose characters are laid out at once
_MOST = 20
_POINTS = 0x110000  # of Unicode
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Shortcut:
    """A word or a mark that nearly always stands in texts of one class.

    Attributes:
        token: The word in small letters, or the mark.
        code: Number of the class.
        texts: Texts that have it.
        of_class: Those of them that are of the class.
        covers: Share of the class that has it.
    """

    token: str
    code: int
    texts: int
    of_class: int
    covers: float


def shortcuts_of(texts: Sequence[str], words: Words, codes: npt.NDArray[np.int32], classes: int) -> list[Shortcut]:
    """Words and marks that give their class away, those that cover most of a class first.

    Args:
        texts: The texts.
        words: Their words.
        codes: Class of each text.
        classes: Number of classes.
    """
    of_words = _revealing(words.owners, words.codes.astype(np.int64), words.distinct, codes, classes)
    owners, signs = _marks(texts)
    marks, places = np.unique(signs, return_inverse=True)
    of_marks = _revealing(owners, places, [chr(mark) for mark in marks], codes, classes)
    return sorted([*of_words, *of_marks], key=lambda one: (-one.covers, one.token))[:_MOST]


def _revealing(
    owners: npt.NDArray[np.int32], tokens: Codes, names: Sequence[str], codes: npt.NDArray[np.int32], classes: int
) -> list[Shortcut]:
    if not len(tokens):
        return []
    held = np.unique(owners.astype(np.int64) * len(names) + tokens)  # each token of a text once
    text, token = held // len(names), held % len(names)
    often = np.bincount(token, minlength=len(names))
    possible = np.flatnonzero(often >= _FEWEST)
    place = np.full(len(names), -1, np.int64)
    place[possible] = np.arange(len(possible))
    kept = place[token] >= 0
    flat = place[token[kept]] * classes + codes[text[kept]]
    counts = np.bincount(flat, minlength=len(possible) * classes).reshape(len(possible), classes)
    sizes = np.bincount(codes, minlength=classes)
    best = counts.argmax(axis=1)
    right = counts[np.arange(len(possible)), best]
    wrong = (often[possible] - right + 1) / (often[possible] + 2)  # Laplace's rule of succession
    reveals = (right >= _COVERS * sizes[best]) & (wrong <= _WRONG * (1 - sizes[best] / sizes.sum()))
    return [
        Shortcut(
            names[possible[at]], int(best[at]), int(often[possible[at]]), int(right[at]),
            float(right[at] / sizes[best[at]]),
        )
        for at in np.flatnonzero(reveals)
    ]  # fmt: skip


def _marks(texts: Sequence[str]) -> tuple[npt.NDArray[np.int32], Codes]:
    """The different punctuation marks and symbols of each text: the text, and the code point."""
    owners, signs = [np.empty(0, np.int32)], [np.empty(0, np.int64)]
    for first in range(0, len(texts), _AT_ONCE):
        part = texts[first : first + _AT_ONCE]
        points = np.frombuffer("".join(part).encode("utf-32-le", "surrogatepass"), np.uint32)
        owner = np.repeat(np.arange(len(part)), np.fromiter(map(len, part), np.int64, len(part)))
        marked = _are_marks(points)
        held = np.unique(owner[marked] * _POINTS + points[marked])
        owners.append((held // _POINTS + first).astype(np.int32))
        signs.append(held % _POINTS)
    return np.concatenate(owners), np.concatenate(signs)


def _are_marks(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which code points are punctuation or symbols, each different one looked up once."""
    found, marks = np.zeros(_POINTS, np.bool_), np.zeros(_POINTS, np.bool_)
    found[points] = True
    for point in np.flatnonzero(found):
        marks[point] = unicodedata.category(chr(point))[0] in "PS"
    answer: npt.NDArray[np.bool_] = marks[points]
    return answer
