"""Which words of a table lie in the direction of one of them, and which are spelt like a word that it does not have."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

import numpy as np
from numpy.typing import NDArray

_ALIKE = 0.6  # of difflib's ratio, from which two spellings are told
_LONGEST = 40  # characters of a word that are compared: the time grows with their square


def cosines(table: NDArray[np.floating], row: int) -> NDArray[np.float64]:
    """Cosine of every row's angle with one row, (rows,), -1 to 1; 0 where one of the two has no length."""
    vectors = np.asarray(table, np.float64)
    lengths = np.linalg.norm(vectors, axis=1)
    products, scale = vectors @ vectors[row], lengths * lengths[row]
    found: NDArray[np.float64] = np.divide(products, scale, out=np.zeros(len(vectors)), where=scale > 0)
    return found.clip(-1, 1)


def nearest(similarities: NDArray[np.float64], left_out: Iterable[int], top: int) -> list[int]:
    """The rows of the greatest similarities, the nearest first, of equal ones the earlier.

    Args:
        similarities: (rows,).
        left_out: Rows that are no answer: the one asked about, and those that stand for no word.
        top: So many at most.
    """
    no_answer = set(left_out)
    return [row for row in np.argsort(-similarities, kind="stable").tolist() if row not in no_answer][:top]


def spelt_alike(word: str, words: Iterable[str], top: int) -> list[str]:
    """Words whose spelling is the closest (Ratcliff and Obershelp's measure, at least 0.6), the closest first."""
    asked = word.casefold()[:_LONGEST]
    found = get_close_matches(asked, [each for each in words if len(each) <= _LONGEST], top, _ALIKE)
    return sorted(found, key=lambda each: (-SequenceMatcher(None, each, asked).ratio(), each))
