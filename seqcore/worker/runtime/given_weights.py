"""A model with attention cut at its weights: what it would answer if it looked elsewhere."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from seqcore.architectures.memory import Footprint
from seqcore.layers.attention import SUM
from seqcore.worker.evaluate import to_probabilities
from seqcore.worker.models.build import LOGITS, input_signature


class GivenWeights:
    """Logits of one example under any attention weights, its states left as they are.

    Args:
        model: One that sums its states by the weights of their steps.
        footprint: Says how much is computed at once.
    """

    def __init__(self, model: keras.Model, footprint: Footprint) -> None:
        weights, states = model.get_layer(SUM).input
        logits = model.get_layer(LOGITS).output
        before, after = keras.Model(model.input, [states, weights]), keras.Model([weights, states], logits)

        def forward(array: tf.Tensor, given: tf.Tensor) -> tf.Tensor:
            states, _ = before(array, training=False)
            return after([given, tf.repeat(states, tf.shape(given)[0], axis=0)], training=False)

        self._footprint = footprint
        self._forward = tf.function(
            forward, input_signature=[input_signature(model), tf.TensorSpec(weights.shape, weights.dtype)]
        )

    def logits(self, array: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """`(rows, outputs)`, one for each row of `weights` `(rows, steps)`; the example has at least one step."""
        at_once = self._footprint.scored_at_once(len(array))
        parts = np.array_split(np.asarray(weights, np.float32), -(-len(weights) // at_once))
        return np.concatenate([np.asarray(self._forward(array[None], part)) for part in parts])

    def probabilities(self, array: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """`(rows, classes)`, of the same."""
        return to_probabilities(self.logits(array, weights))
