"""The rows of a file of word vectors that are kept, while the others pass by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seqcore.errors import DataError


@dataclass
class Kept:
    """Vectors of the words that are wanted.

    Attributes:
        wanted: Words, in UTF-8.
        seen: How many words passed by.
        repeated: How many of those that are wanted did so again; the first vector counts.
        capitals: Wanted words that passed by with capitals.
        promised: How many words the file said that it has; 0 where it said nothing.
        size: Numbers of each vector.
    """

    wanted: frozenset[bytes]
    seen: int = 0
    repeated: int = 0
    promised: int = 0
    size: int = 0
    capitals: set[bytes] = field(default_factory=set)
    _vectors: dict[bytes, NDArray[np.float32]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Collection[str]) -> Kept:
        """Nothing yet, of these words."""
        return cls(frozenset(word.encode("utf-8", "surrogatepass") for word in words))

    def keep(self, word: bytes, vector: NDArray[np.float32]) -> None:
        """Keep the vector of a word that is wanted.

        Raises:
            DataError: it holds what is not a number.
        """
        if word in self._vectors:
            self.repeated += 1
            return
        if not np.isfinite(vector).all():
            raise DataError(
                "The vector of a word holds what is not a finite number",
                received=f"“{said(word)}”, word {self.seen:,} of the file",
                remedy="Give a file that is whole",
            )
        self._vectors[word] = vector

    def pass_by(self, word: bytes) -> None:
        """Notice a word that is not wanted as it stands."""
        small = word.lower()
        if small != word and small in self.wanted:
            self.capitals.add(small)

    @property
    def words(self) -> list[bytes]:
        """Those that are kept, in the order of the file."""
        return list(self._vectors)

    def values(self) -> NDArray[np.float32]:
        """(words, size) their vectors."""
        return np.stack(list(self._vectors.values())) if self._vectors else np.zeros((0, self.size), np.float32)


def said(word: bytes) -> str:
    """A word of a file, for a sentence."""
    return word[:40].decode("utf-8", "replace")
