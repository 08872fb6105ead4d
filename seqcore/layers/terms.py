"""The terms of an example, its tokens and its pairs of neighbours, in Keras' own operations.

Everything here is arithmetic that Keras can save by itself, so that a bundle needs nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
from keras import ops

from seqcore.layers.sequence import TokenSequence, token_sizes

PAIRS = "pairs"


@dataclass(frozen=True)
class Terms:
    """The terms of a batch, one after the other: by example, then by term.

    Attributes:
        examples: The row of the batch that each stands in, rising: `(terms,)`, int64.
        terms: A token is its id, a known pair of neighbours the vocabulary's size plus its place in the table of
            pairs; 0 is none: `(terms,)`, int64.
        occurrences: How often it stands in its example: `(terms,)`, float32.
    """

    examples: keras.KerasTensor
    terms: keras.KerasTensor
    occurrences: keras.KerasTensor

    def sum(self, values: keras.KerasTensor) -> keras.KerasTensor:
        """The sum over the terms of each example: `(terms, n)` → `(batch, n)`."""
        return ops.segment_sum(values, self.examples, sorted=True)


def terms_of(sequence: TokenSequence) -> Terms:
    """The terms of each example, counted.

    All terms of a batch are sorted once, so that equal ones of an example stand side by side: n log n, where comparing
    each with each would take the square of the length.
    """
    sizes = token_sizes(sequence.sizes)
    different = sizes.vocabulary + sizes.pairs
    tokens = ops.cast(sequence.tokens, "int64")
    example = ops.cumsum(ops.ones_like(tokens[:, :1]), axis=0) - 1 + ops.zeros_like(tokens)
    numbered = ops.reshape(example * different + tokens, (-1,))
    if sizes.pairs:
        pairs = _pairs(sequence, tokens, sizes.vocabulary, sizes.pairs)
        numbered = ops.concatenate([numbered, ops.reshape(example[:, :-1] * different, (-1,)) + pairs])
    ordered = ops.sort(numbered)
    last, first = (ops.searchsorted(ordered, ordered, side=side) for side in ("right", "left"))
    return Terms(ordered // different, ordered % different, ops.cast(last - first, "float32"))


def _pairs(sequence: TokenSequence, tokens: keras.KerasTensor, vocabulary: int, pairs: int) -> keras.KerasTensor:
    """The term of every two neighbours, 0 where the pair is not known: `(batch * (steps - 1),)`, int64."""
    table = _table_of_pairs(sequence, pairs)
    keys = ops.reshape(tokens[:, :-1] * vocabulary + tokens[:, 1:], (-1,))
    place = ops.minimum(ops.searchsorted(table, keys, side="left"), pairs - 1)
    known = ops.equal(ops.take(table, place), keys)
    return ops.where(known, ops.cast(place, "int64") + vocabulary, 0)


def _table_of_pairs(sequence: TokenSequence, pairs: int) -> keras.KerasTensor:
    """The known pairs as rising numbers, first id * vocabulary + second id: `(pairs,)`, int64."""
    places = ops.cumsum(ops.ones((1, pairs), "int32"), axis=1) - 1 + ops.zeros_like(sequence.tokens[:1, :1])
    table = keras.layers.Embedding(pairs, 1, dtype="int64", trainable=False, embeddings_initializer="zeros", name=PAIRS)
    return ops.reshape(table(places), (-1,))
