"""A transformer with other attention weights: what it would answer if its heads looked elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import keras
import numpy as np
import tensorflow as tf

from seqcore.worker.evaluate import to_probabilities
from seqcore.worker.models.build import LOGITS, input_signature


class GivenHeadWeights:
    """Logits of one example under any weights of its heads; everything else is computed anew from them.

    Each layer sums the values of its heads by the weights given, and the next layer reads what comes of it.

    Args:
        model: With `MultiHeadAttention` layers.
    """

    def __init__(self, model: keras.Model) -> None:
        layers = [layer for layer in model.layers if isinstance(layer, keras.layers.MultiHeadAttention)]
        reads, attended = [layer.input[0] for layer in layers], [layer.output[0] for layer in layers]
        ends = [*reads, model.get_layer(LOGITS).output]
        parts = [keras.Model([model.input, *attended[:number]], end) for number, end in enumerate(ends)]

        def forward(array: tf.Tensor, weights: list[tf.Tensor]) -> tf.Tensor:
            given: list[tf.Tensor] = []
            for layer, part, weight in zip(layers, parts, weights, strict=False):
                values = layer.value_dense(part([array, *given], training=False))  # (1, steps, heads, size)
                given.append(layer.output_dense(tf.einsum("bhqk,bkhs->bqhs", weight, values)))
            return parts[-1]([array, *given], training=False)

        weights = [tf.TensorSpec((1, layer.num_heads, None, None), tf.float32) for layer in layers]
        self._forward = tf.function(forward, input_signature=[input_signature(model), weights])

    def probabilities(self, array: np.ndarray, weights: Sequence[np.ndarray]) -> np.ndarray:
        """`(classes,)` of one encoded example, likewise."""
        (found,) = to_probabilities(self.logits(array, weights)[None])
        shares: np.ndarray = found
        return shares

    def logits(self, array: np.ndarray, weights: Sequence[np.ndarray]) -> np.ndarray:
        """`(outputs,)` of one encoded example with at least one step, with `(heads, steps, steps)` weights a layer."""
        found: np.ndarray = self._forward(
            array[None], [np.asarray(layer, np.float32)[None] for layer in weights]
        ).numpy()[0]
        return found
