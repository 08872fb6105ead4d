"""Texts of which too little is there: no word, one word, or cut at a maximum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seqcore.datasets.labelled_data import Rows
from seqcore.datasets.twins.words import Words

_USUAL = 5  # words of the middle text from which a single word is too short
_FEWEST_CUT = 5  # texts of the very same greatest length ...
_SHARE_CUT = 0.002  # ... or this share of all: lengths that people wrote thin out towards the longest
_DIFFERENT = 10  # lengths of texts that differ as people's do


@dataclass(frozen=True)
class OddLengths:
    """Rows of texts that are too short or were cut.

    Attributes:
        without_words: Those without any word.
        one_word: Those with a single one, where others have several.
        cut: Those as long as the longest, where so many are that something cut them.
        cut_at: The length that they share; 0 when none was cut.
        unit: What it counts: "characters" or "words".
    """

    without_words: Rows
    one_word: Rows
    cut: Rows
    cut_at: int
    unit: str


def odd_lengths(texts: Sequence[str], words: Words) -> OddLengths:
    """Look at the lengths of texts in characters and in words."""
    characters = np.fromiter(map(len, texts), np.int64, len(texts))
    usual = float(np.median(words.lengths)) if len(texts) else 0.0
    one = np.flatnonzero(words.lengths == 1) if usual >= _USUAL else np.empty(0, np.int64)
    lengths, unit = characters, "characters"
    if not len(_at_the_end(lengths)):
        lengths, unit = words.lengths, "words"
    cut = _at_the_end(lengths)
    cut_at = int(lengths[cut[0]]) if len(cut) else 0
    return OddLengths(np.flatnonzero(words.lengths == 0), one, cut, cut_at, unit)


def _at_the_end(lengths: npt.NDArray[np.int64]) -> Rows:
    """Texts of the greatest length, if they are too many to be there by chance."""
    if not len(lengths):
        return np.empty(0, np.int64)
    longest = int(lengths.max())
    rows = np.flatnonzero(lengths == longest)
    shorter = int((lengths == longest - 1).sum())
    many = len(rows) >= max(_FEWEST_CUT, _SHARE_CUT * len(lengths)) and len(rows) > 3 * shorter
    return rows if many and len(np.unique(lengths)) >= _DIFFERENT else np.empty(0, np.int64)
