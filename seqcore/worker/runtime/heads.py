"""The attention heads of a transformer, opened: how each comes to its sum at a step."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from seqcore.analysis.weighing import Weighing
from seqcore.worker.models.build import input_signature


class Heads:
    """The attention heads of a finished transformer.

    Args:
        model: With `MultiHeadAttention` layers.
    """

    def __init__(self, model: keras.Model) -> None:
        self._layers = [layer for layer in model.layers if isinstance(layer, keras.layers.MultiHeadAttention)]
        network = keras.Model(model.input, [layer.input[0] for layer in self._layers])
        self._read = tf.function(
            lambda inputs: tf.nest.flatten(network(inputs, training=False)), input_signature=[input_signature(model)]
        )

    @property
    def layers(self) -> int:
        """How many layers look."""
        return len(self._layers)

    @property
    def heads(self) -> int:
        """How many heads each has."""
        return int(self._layers[0].num_heads)

    def weighing(self, array: np.ndarray, *, layer: int, head: int, step: int) -> Weighing:
        """What one head of one layer sums when it looks from one step, all counted from 0.

        Scores are q·k / √(size of a head), values v before the layer's last projection.

        Args:
            array: One encoded example, without padding.
            layer: Number of the layer.
            head: Number of the head.
            step: The step that looks.
        """
        states = self._read(array[None])[layer].numpy()[0].astype(np.float64)
        weights = [weight.astype(np.float64) for weight in self._layers[layer].get_weights()]
        query, key, value = ((weights[2 * part][:, head], weights[2 * part + 1][head]) for part in range(3))
        keys, values = (states @ kernel + bias for kernel, bias in (key, value))
        looking = states[step] @ query[0] + query[1]
        divisor = float(np.sqrt(len(looking)))
        return Weighing(keys @ looking / divisor, values, divisor)
