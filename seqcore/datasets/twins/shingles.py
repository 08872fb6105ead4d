"""The runs of neighbouring words that a text is made of, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from seqcore.datasets.twins.words import Words

LENGTH = 3  # words of a shingle
_AT_ONCE = 1_000_000  # words looked at together: what is laid out beside the result stays small
Keys = npt.NDArray[np.uint64]
Owners = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Shingles:
    """The shingles of texts.

    Attributes:
        keys: All shingles, one text after the other; 64 bits stand for the words of each.
        owners: (shingles,) the text of each, rising.
        sizes: (texts,) shingles of each; 0 for a text without words.
    """

    keys: Keys
    owners: Owners
    sizes: Counts

    def of(self, texts: npt.NDArray[np.bool_]) -> Shingles:
        """Those of some of the texts, which keep their numbers.

        Args:
            texts: (texts,) which ones.
        """
        kept = texts[self.owners]
        return Shingles(self.keys[kept], self.owners[kept], np.where(texts, self.sizes, 0))

    def as_sets(self) -> Shingles:
        """Each shingle of a text once, rising."""
        order = np.lexsort((self.keys, self.owners))
        keys, owners = self.keys[order], self.owners[order]
        new = np.ones(len(keys), np.bool_)
        new[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
        return Shingles(keys[new], owners[new], np.bincount(owners[new], minlength=len(self.sizes)).astype(np.int64))


def shingles_of(words: Words) -> Shingles:
    """Every run of three words; a text with fewer is one shingle."""
    mixed = np.append(_mixed(np.arange(1, len(words.distinct) + 1, dtype=np.uint64)), np.uint64(0))  # the last: no word
    bounds = np.concatenate(([0], np.cumsum(words.lengths)))
    cuts = np.searchsorted(bounds, np.arange(0, bounds[-1], _AT_ONCE), side="right") - 1  # texts, not within one
    sizes = np.where(words.lengths > 0, np.maximum(words.lengths - LENGTH + 1, 1), 0)
    begins = np.concatenate(([0], np.cumsum(sizes)))
    keys = np.empty(begins[-1], np.uint64)
    for first, last in pairwise([*np.unique(cuts).tolist(), len(words.lengths)]):
        codes, lengths = words.codes[bounds[first] : bounds[last]], words.lengths[first:last]
        keys[begins[first] : begins[last]] = _keys(codes, lengths, mixed)
    return Shingles(keys, np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), sizes)


def _keys(codes: Owners, lengths: Counts, mixed: Keys) -> Keys:
    """The shingles of some texts, one after the other."""
    ends = np.repeat(np.cumsum(lengths), lengths)
    left = ends - np.arange(len(codes))  # words from this one to the end of its text
    following = np.append(codes, np.full(LENGTH, -1, np.int32))
    keys = np.zeros(len(codes), np.uint64)
    for ahead in range(LENGTH):
        word = np.where(left > ahead, following[ahead : ahead + len(codes)], -1)
        keys = keys * _FACTOR + mixed[word]
    begins = (left >= LENGTH) | (left == np.repeat(lengths, lengths))
    return _mixed(keys[begins])


_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))  # SplitMix64 (Steele, Lea & Flood 2014)


def _mixed(values: Keys) -> Keys:
    """For each number another one that looks like chance."""
    values = values + _FACTOR
    values = (values ^ (values >> np.uint64(30))) * _MIX[0]
    values = (values ^ (values >> np.uint64(27))) * _MIX[1]
    mixed: Keys = values ^ (values >> np.uint64(31))
    return mixed
