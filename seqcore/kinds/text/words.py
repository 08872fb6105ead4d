"""The words of each distinct piece: normalised, split, without stop words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import normalizers, pre_tokenizers

from seqcore.kinds.text.pieces import Pieces
from seqcore.kinds.text.ragged import Counts, Ids, Ragged

_BEFORE = "\n"  # stands before each piece; no tokenizer joins it to anything, and pieces hold it at their start only
_GROUP = 50_000  # pieces handled in one call


@dataclass(frozen=True)
class Words:
    """What a tokenizer's model looks up (a word, a mark, a character; for subwords the word to be cut up).

    Attributes:
        distinct: Every different word, in the order of first appearance in the corpus.
        of_piece: For each distinct piece, the places of its words in `distinct`.
    """

    distinct: list[str]
    of_piece: Ragged

    @classmethod
    def of(
        cls, pieces: Pieces, normalizer: normalizers.Normalizer, pre_tokenizer: pre_tokenizers.PreTokenizer
    ) -> Words:
        """Split each distinct piece once, many in one call: a call costs more than a word."""
        places: dict[str, int] = {}
        codes: list[int] = []
        lengths = [np.zeros(0, np.int64)]
        for first in range(0, len(pieces.distinct), _GROUP):
            group = pieces.distinct[first : first + _GROUP]
            text = normalizer.normalize_str("".join(f"{_BEFORE}{piece}" for piece in group))
            begins = _begins(group, text)
            found = pre_tokenizer.pre_tokenize_str(text)
            starts = np.fromiter((start for _, (start, _) in found), np.int64, len(found))
            piece = np.searchsorted(begins, starts, side="right") - 1
            within = starts != begins[piece]  # only a tokenizer of characters takes the marks between for words
            words = (word for word, _ in found)
            codes += [places.setdefault(word, len(places)) for word in compress(words, within.tolist())]
            lengths.append(np.bincount(piece[within], minlength=len(group)))
        return cls(list(places), Ragged(np.array(codes, np.int32), np.concatenate(lengths)))

    def counts(self, pieces: Pieces) -> Counts:
        """How often each distinct word occurs in the corpus."""
        weights = np.repeat(pieces.counts(), self.of_piece.lengths)
        return np.bincount(self.of_piece.values, weights, len(self.distinct)).astype(np.int64)


def ids_of_texts(pieces: Pieces, words: Words, ids_of_word: Ragged) -> Iterator[npt.NDArray[np.int32]]:
    """The ids of each text, in order."""
    ids_of_piece = ids_of_word.take(words.of_piece.values).joined(words.of_piece.lengths)
    for codes, per_text in pieces.spans():
        ids = ids_of_piece.take(codes).joined(per_text)
        bounds = ids.bounds.tolist()
        yield from (ids.values[start:end] for start, end in pairwise(bounds))


def longest_text(pieces: Pieces, words: Words, ids_of_word: Ragged) -> int:
    """Most ids of a text."""
    lengths: Ids = ids_of_word.take(words.of_piece.values).joined(words.of_piece.lengths).lengths.astype(np.int32)
    longest = 0
    for codes, per_text in pieces.spans():
        longest = max(longest, int(Ragged(codes, lengths[codes].astype(np.int64)).joined(per_text).lengths.max()))
    return longest


def _begins(group: Sequence[str], text: str) -> Counts:
    """(pieces,) where the mark before each piece stands in the normalised text."""
    marks = np.flatnonzero(np.frombuffer(text.encode("utf-32-le"), np.uint32) == ord(_BEFORE))
    each = np.fromiter((1 + piece.startswith(_BEFORE) for piece in group), np.int64, len(group))
    places: Counts = marks[np.cumsum(each) - each]
    return places
