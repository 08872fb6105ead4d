"""Which of many small changes of a text is the smallest that flips an answer, and what is said of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

KINDS = ("swap", "remove", "mask", "insert", "replace")
"""From the smallest change: no word goes or comes; one goes; one goes and leaves its place; one comes; one goes and
another comes."""


def margins_of(probabilities: NDArray[np.float64], said: int) -> NDArray[np.float64]:
    """(changes,) by how much the likeliest other class leads the class that was said before; above 0 it is a flip.

    Args:
        probabilities: (changes, classes) after each change.
        said: Code of the class that was likeliest before.
    """
    others: NDArray[np.float64] = np.delete(probabilities, said, axis=1)
    margins: NDArray[np.float64] = others.max(axis=1) - probabilities[:, said]
    return margins


def smallest_first(kinds: Sequence[str], margins: NDArray[np.float64], positions: Sequence[int]) -> NDArray[np.int64]:
    """(changes,) places of the changes: by kind as in `KINDS`, then the clearest first, then the earliest in the text.

    Args:
        kinds: Of each change, one of `KINDS`.
        margins: (changes,) from `margins_of`.
        positions: Number of the word that each begins at.
    """
    sizes = [KINDS.index(kind) for kind in kinds]
    return np.lexsort((np.asarray(positions), -margins, np.asarray(sizes)))


def change_told(kind: str, before: str, after: str, position: int) -> str:
    """A change in words, as it follows "flips when": "“not” (word 3) is removed"."""
    where = f"(word {position})"
    return {
        "swap": f"“{before}” (from word {position} on) becomes “{after}”",
        "remove": f"“{before}” {where} is removed",
        "mask": f"“{before}” {where} is hidden behind an unknown word",
        "insert": f"“{after}” is added as word {position}",
        "replace": f"“{before}” {where} becomes “{after}”",
    }[kind]


def tried_told(tried: Mapping[str, tuple[int, int]]) -> str:
    """How many changes of each kind were tried, and of how many: "every removal (12), 300 of 96,000 replacements".

    Args:
        tried: By kind, how many were tried and how many there are.
    """
    names = {"swap": "swap", "remove": "removal", "mask": "mask", "insert": "insertion", "replace": "replacement"}
    parts = []
    for kind in KINDS:
        number, possible = tried.get(kind, (0, 0))
        if possible:
            part = f"every {names[kind]} ({number:,})" if number == possible else f"{number:,} of {possible:,} "
            parts.append(part if number == possible else f"{part}{names[kind]}s")
    return ", ".join(parts)
