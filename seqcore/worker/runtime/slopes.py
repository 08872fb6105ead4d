"""Gradient × input of many examples at once."""

from __future__ import annotations

from collections.abc import Sequence

import keras
import numpy as np
import tensorflow as tf

from seqcore.architectures.memory import Footprint
from seqcore.kinds import Encoder
from seqcore.worker.evaluate import batches_that_fit
from seqcore.worker.models.build import LOGITS, input_signature
from seqcore.worker.prepare import Examples
from seqcore.worker.runtime.gradients import vectors_of
from seqcore.worker.runtime.in_windows import refuse_several_windows


class Slopes:
    """x · ∂logit/∂x of every step, examples of similar length in one batch.

    Args:
        model: From ids or frames, with a layer that gives each step its vector.
        footprint: Says how many examples are computed at once.
        encoder: Of the model.

    Raises:
        InspectionError: no layer gives a step its vector.
    """

    def __init__(self, model: keras.Model, footprint: Footprint, encoder: Encoder) -> None:
        vectors, logits = vectors_of(model), model.get_layer(LOGITS).output
        before, after = keras.Model(model.input, vectors), keras.Model([model.input, vectors], logits)
        self._footprint, self._encoder = footprint, encoder

        def slopes(array: tf.Tensor, towards: tf.Tensor) -> tf.Tensor:
            given = tf.identity(before(array, training=False))  # without its mask, which comes from the ids
            with tf.GradientTape() as tape:
                tape.watch(given)
                value = tf.reduce_sum(after([array, given], training=False) * towards)
            return tf.reduce_sum(tape.gradient(value, given) * given, axis=-1)

        directions = tf.TensorSpec(logits.shape, tf.float32)
        self._slopes = tf.function(slopes, input_signature=[input_signature(model), directions])

    def of_many(self, encoded: Sequence[np.ndarray], directions: np.ndarray) -> list[np.ndarray]:
        """`(steps,)` of each example.

        Args:
            encoded: With at least one step each.
            directions: (examples, outputs) the combination of logits that is meant of each.
        """
        refuse_several_windows(self._encoder, encoded)
        examples = Examples(encoded, np.zeros(len(encoded), np.int32), self._encoder)
        found = [np.zeros(0)] * len(encoded)
        for rows in batches_that_fit(examples.lengths, self._footprint) if len(encoded) else ():
            slopes = self._slopes(examples.batch(rows)[0], np.float32(directions[rows])).numpy().astype(np.float64)
            for place, row in enumerate(rows.tolist()):
                found[row] = slopes[place, : examples.lengths[row]]
        return found
