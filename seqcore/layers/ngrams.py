"""Vectors of n-grams of tokens, which share the rows of one table by hashing, in Keras' own operations."""

from __future__ import annotations

from dataclasses import dataclass

import keras
from keras import ops

from seqcore.layers.later import later
from seqcore.layers.sequence import TokenSequence

STEP_VECTORS = "step_vectors"  # the layer whose output is what each step brings to the mean
NGRAMS = "ngrams"
_MULTIPLIER = 116_049_371  # fastText's, `Dictionary::addWordNgrams`
_PRIME = 2**31 - 1  # keeps what is hashed so far small enough to be multiplied in 64 bits


@dataclass(frozen=True)
class Averaged:
    """What a text is the mean of, told by its steps.

    Attributes:
        vectors: What each step brings: its own vector, and an n-th of every n-gram that it stands in,
            `(batch, steps, size)`; what stands at padding is to be masked.
        number: Words and n-grams of each example, `(batch,)`, float32; at least 1.
    """

    vectors: keras.KerasTensor
    number: keras.KerasTensor


def words_and_ngrams(sequence: TokenSequence, size: int, widest: int, buckets: int) -> Averaged:
    """The vectors of the words, and of the n-grams of 2 to `widest` words, which are hashed into so many buckets."""
    words = sequence.vectors(size)
    number = ops.cast(sequence.lengths, "float32")
    if widest > 1:
        table = keras.layers.Embedding(buckets, size, name=NGRAMS)
        mask = ops.pad(ops.cast(sequence.mask, "float32"), [[0, 0], [0, widest - 1]])
        shares = []
        for hashed, n in _hashed(sequence, widest):
            real = _from(mask, n, widest)  # an n-gram is there where its last word is
            number = number + ops.sum(real, axis=1)
            vectors = table(hashed % buckets) * ops.expand_dims(real / n, -1)
            shares += [vectors, *(later(vectors, back) for back in range(1, n))]
        words = keras.layers.Add(name=STEP_VECTORS)([words, *shares])
    return Averaged(words, ops.maximum(number, 1.0))


def _hashed(sequence: TokenSequence, widest: int) -> list[tuple[keras.KerasTensor, int]]:
    """A number from 0 to 2³¹ - 2 of the n-gram that begins at each step, `(batch, steps)`, int64; with its n."""
    tokens = ops.cast(sequence.tokens, "int64")
    following = ops.pad(tokens, [[0, 0], [0, widest - 1]])
    found, hashed = [], tokens
    for n in range(2, widest + 1):
        hashed = (hashed * _MULTIPLIER + _from(following, n, widest)) % _PRIME
        found.append((hashed, n))
    return found


def _from(padded: keras.KerasTensor, n: int, widest: int) -> keras.KerasTensor:
    """What stands n - 1 steps on, `(batch, steps)`, of something with `widest` - 1 steps of padding."""
    return padded[:, n - 1 :] if n == widest else padded[:, n - 1 : n - widest]
