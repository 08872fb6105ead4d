"""The sentences of a batch as rows of their own, in Keras' own operations, so that a bundle needs nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass

import keras
from keras import ops

from seqcore.layers.sequence import Sequence

OF_STEP, STARTS = "sentence_of_step", "sentence_starts"  # layers, by which a finished model's sentences are found


@dataclass(frozen=True)
class Sentences:
    """The sentences of all examples, one after the other, and where each step and each example finds its own.

    Attributes:
        places: Of each word among all steps of the batch, one example after the other: `(sentences, words)`, int32.
        words: True at real words: `(sentences, words)`, bool.
        of_example: The sentences of each example, by their row: `(batch, most of them)`, int32.
        real: True at real sentences: `(batch, most of them)`, bool.
    """

    places: keras.KerasTensor
    words: keras.KerasTensor
    of_example: keras.KerasTensor
    real: keras.KerasTensor

    def words_of(self, values: keras.KerasTensor) -> keras.KerasTensor:
        """Values of the steps by sentence: `(batch, steps, n)` → `(sentences, words, n)`."""
        return ops.take(ops.reshape(values, (-1, values.shape[-1])), self.places, axis=0)

    def by_example(self, values: keras.KerasTensor) -> keras.KerasTensor:
        """Values of the sentences by example: `(sentences, n)` → `(batch, most of them, n)`."""
        return ops.take(values, self.of_example, axis=0)


def sentences_of(sequence: Sequence, longest: int) -> Sentences:
    """A sentence begins after the marks that end one, and after `longest` steps in any case.

    Several such marks side by side ("?!", "...") end one sentence. Where nothing ends a sentence, an example is cut
    into pieces of `longest` steps. Rows are as wide as the longest sentence of the batch, so that reading all
    sentences takes as many steps one after the other as one of them has.
    """
    mask = ops.cast(sequence.mask, "int32")
    place = _numbered(mask)
    first = ops.cast(ops.equal(place, place[:, :1]), "int32")  # even of an example without a step
    can_begin, ends = ops.maximum(mask, first), ops.cast(sequence.ends, "int32")
    after_end = ops.pad(ends[:, :-1], [[0, 0], [1, 0]]) * (1 - ends)
    begins = can_begin * ops.maximum(after_end, first)
    inside = place - ops.take(_places_of(begins), _numbers(begins))
    begins = can_begin * ops.cast(ops.equal(inside % longest, 0), "int32")

    number = keras.layers.Identity(name=OF_STEP)(_numbers(begins))
    starts = keras.layers.Identity(name=STARTS)(_places_of(begins))
    lengths = ops.segment_sum(ops.reshape(mask, (-1,)), ops.reshape(number, (-1,)), sorted=True)
    columns = _up_to(mask, lengths)
    places = ops.minimum(ops.expand_dims(starts, 1) + columns, ops.max(place))
    counts = ops.sum(begins, axis=1)
    rows = _up_to(mask, counts)
    of_example = ops.minimum(number[:, :1] + rows, ops.max(number))
    return Sentences(
        places,
        ops.less(columns, ops.expand_dims(lengths, 1)),
        of_example,
        ops.less(rows, ops.expand_dims(counts, 1)),
    )


def weights_in_sentences(model: keras.Model) -> list[keras.KerasTensor]:
    """What a model that weighs words and sentences looks at, told by its steps, `(batch, steps)` each.

    Returns:
        The share of each step in the whole text, its weight in its sentence times that of the sentence: together 1; the
        weight of the sentence that it stands in; and the number of that sentence in its text, from 0.
    """
    number, starts = (model.get_layer(name).output for name in (OF_STEP, STARTS))
    of_words, of_sentences = (model.get_layer(f"{name}_weights").output for name in ("word", "sentence"))
    of_text = number - number[:, :1]
    sentence = ops.take_along_axis(of_sentences, of_text, axis=1)

    place, flat = _numbered(number), ops.reshape(number, (-1,))
    inside = ops.reshape(place, (-1,)) - ops.take(starts, flat)
    rows = ops.take(of_words, flat, axis=0)
    columns = ops.cumsum(ops.ones_like(rows), axis=1) - 1
    here = ops.cast(ops.equal(columns, ops.cast(ops.expand_dims(inside, 1), columns.dtype)), rows.dtype)
    words = ops.take(ops.sum(rows * here, axis=1), place)
    return [words * sentence, sentence, ops.cast(of_text, "float32")]


def _numbered(values: keras.KerasTensor) -> keras.KerasTensor:
    """The place of each step among all steps of the batch: `(batch, steps)`, int32."""
    ones = ops.cast(ops.ones_like(values), "int32")
    before = ops.sum(ones[0]) * (ops.cumsum(ones[:, :1], axis=0) - 1)
    # A column stands before what it is added to: Keras takes one of n numbers for a bias beside a square of n by n.
    return before + (ops.cumsum(ones, axis=1) - 1)


def _numbers(begins: keras.KerasTensor) -> keras.KerasTensor:
    """Of each step, how many sentences began before its own: `(batch, steps)`, in the order of the batch."""
    counts = ops.sum(begins, axis=1, keepdims=True)
    return (ops.cumsum(counts, axis=0) - counts - 1) + ops.cumsum(begins, axis=1)  # the column first, see above


def _places_of(ones: keras.KerasTensor) -> keras.KerasTensor:
    """Where the ones are among all steps of the batch, `(number of them,)`, int32."""
    (places,) = ops.nonzero(ops.reshape(ones, (-1,)))
    return ops.cast(places, "int32")


def _up_to(mask: keras.KerasTensor, sizes: keras.KerasTensor) -> keras.KerasTensor:
    """0, 1, 2 ... below the greatest of these sizes, `(1, greatest)`; no size exceeds the steps of the mask."""
    numbers = ops.cumsum(ops.ones_like(mask[0])) - 1
    inside = ops.less(numbers, ops.maximum(ops.max(sizes), 1))
    return ops.expand_dims(_places_of(ops.cast(inside, "int32")), 0)
