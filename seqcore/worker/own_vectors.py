"""Word vectors that are learned from the training texts alone, before a model is: Word2Vec and FastText, by gensim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from seqcore.architectures.own_vectors_memory import BUCKETS
from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.vectors.word_vectors import WordVectors

Method = Literal["word2vec", "fasttext"]
FEWEST_PASSES, MOST_PASSES = 5, 20
RUNNING_WORDS = 20_000_000  # that are read in all, about, where there are so many
_WINDOW = 5  # words on each side


def own_vectors(
    texts: Iterable[NDArray[np.int32]], encoder: TextEncoder, method: Method, size: int, seed: int
) -> WordVectors:
    """Vectors of the words of a vocabulary, by skip-gram with negative sampling.

    Mikolov et al. 2013 (arXiv:1310.4546); with `fasttext` those of Bojanowski et al. 2017 (arXiv:1607.04606), which
    are sums over a word's pieces. One thread, so that the same texts and seed give the same numbers.

    Args:
        texts: (words,) ids of each training text, as a model reads it.
        encoder: Of the model.
        method: Which of the two.
        size: Numbers of each vector.
        seed: Of the run.
    """
    from gensim.models import FastText, Word2Vec

    names = list(encoder.vocabulary)
    sentences = [[names[number] for number in ids] for ids in texts]
    running = sum(map(len, sentences))
    passes = max(FEWEST_PASSES, min(MOST_PASSES, RUNNING_WORDS // max(running, 1)))
    more = {"bucket": BUCKETS} if method == "fasttext" else {}
    model = (FastText if method == "fasttext" else Word2Vec)(
        sentences, vector_size=size, window=_WINDOW, min_count=1, sg=1, epochs=passes, seed=seed, workers=1, **more
    )
    known = model.wv
    values = np.asarray(known.vectors, np.float32)[: len(known.index_to_key)]
    return WordVectors(method, tuple(known.index_to_key), values, len(known.index_to_key))
