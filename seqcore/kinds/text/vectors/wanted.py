"""Which words of a file of word vectors texts could ever need."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqcore.kinds.text.encoder import cut_texts
from seqcore.kinds.text.options import TextOptions

MOST = 200_000  # words; twice as many as a vocabulary can have
_CUT = (  # in every way that gives words: what is kept serves whichever is chosen later
    TextOptions(lowercase=False, punctuation="keep"),
    TextOptions(lowercase=False, tokenizer="keras"),
    TextOptions(lowercase=False, spaceless="words"),
)


def words_of(texts: Sequence[str]) -> frozenset[str]:
    """The words of these texts, as they stand there and in lower case: the most frequent `MOST` of them.

    They are more than the vocabulary of a model, which is learned from the training texts; which of them get a
    vector is decided there.
    """
    times: dict[str, int] = {}
    for options in _CUT[:2] if all(map(str.isascii, texts)) else _CUT:
        pieces, words = cut_texts(texts, options)
        for word, count in zip(words.distinct, words.counts(pieces).tolist(), strict=True):
            for form in {word, word.lower()}:
                times[form] = times.get(form, 0) + count
    if len(times) <= MOST:
        return frozenset(times)
    counts = np.fromiter(times.values(), np.int64, len(times))
    most = set(np.argsort(-counts, kind="stable")[:MOST].tolist())
    return frozenset(word for place, word in enumerate(times) if place in most)
