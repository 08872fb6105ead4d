"""The weights of a pretrained encoder, put into a model that was built with its sizes."""

from __future__ import annotations

import keras
import numpy as np

from seqcore.kinds.text.pretrained import PretrainedEncoder
from seqcore.kinds.text.pretrained.tensor_names import NORM, POSITIONS, WORDS, layer
from seqcore.layers.sequence import EMBEDDING

_OF_NORMS = {"attended_norm": "normalise_attention", "outer_norm": "normalise_feed_forward"}
_OF_DENSE = {"inner": "feed_forward_hidden", "outer": "feed_forward"}


def begin_with_encoder(model: keras.Model, encoder: PretrainedEncoder) -> None:
    """Let a model that was not trained yet begin with an encoder's weights; its head stays as it is.

    Raises:
        ValueError: the model was built with other sizes.
    """

    def of(name: str) -> list[np.ndarray]:
        return [np.asarray(encoder.weights[f"{name}.{part}"], np.float32) for part in ("weight", "bias")]

    def put(name: str, values: list[np.ndarray]) -> None:
        model.get_layer(name).set_weights(values)

    put(EMBEDDING, [np.asarray(encoder.weights[WORDS], np.float32)])
    put("position_embedding", [np.asarray(encoder.weights[POSITIONS], np.float32)])
    put("normalise_embedding", of(NORM))
    for index in range(encoder.config.layers):
        names = layer(index)
        query, key, value, attended = (of(names[part]) for part in ("query", "key", "value", "attended"))
        put(f"attention_{index}", _attention((query, key, value), attended, encoder.config.heads))
        for part, ours in _OF_NORMS.items():
            put(f"{ours}_{index}", of(names[part]))
        for part, ours in _OF_DENSE.items():
            kernel, bias = of(names[part])
            put(f"{ours}_{index}", [kernel.T, bias])


def _attention(inputs: tuple[list[np.ndarray], ...], attended: list[np.ndarray], heads: int) -> list[np.ndarray]:
    """As `keras.layers.MultiHeadAttention` keeps them: heads are a side of their own."""
    found: list[np.ndarray] = []
    for kernel, bias in inputs:
        size = len(bias)
        found += [kernel.T.reshape(size, heads, size // heads), bias.reshape(heads, size // heads)]
    kernel, bias = attended
    size = len(bias)
    return [*found, kernel.T.reshape(heads, size // heads, size), bias]
