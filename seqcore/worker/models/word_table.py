"""The vectors of all words of a model: what it reads of each, and what a model begins with."""

from __future__ import annotations

import keras
import numpy as np
from numpy.typing import NDArray

from seqcore.layers.sequence import EMBEDDING, WORD_VECTORS


def table_of_words(model: keras.Model) -> NDArray[np.float32]:
    """`(ids, size)` what the model reads of each id, however it comes from pretrained vectors."""
    (weights,) = model.get_layer(EMBEDDING).get_weights()
    if _has_table_before(model):
        (table,) = model.get_layer(WORD_VECTORS).get_weights()
        return np.asarray(table @ weights)
    return np.asarray(weights)


def begin_with(model: keras.Model, vectors: NDArray[np.float32]) -> None:
    """Let a model that was not trained yet begin with these vectors, `(ids, vector size)`.

    Raises:
        ValueError: the model has another number of words, or vectors of another size.
    """
    model.get_layer(WORD_VECTORS if _has_table_before(model) else EMBEDDING).set_weights([vectors])


def _has_table_before(model: keras.Model) -> bool:
    return any(layer.name == WORD_VECTORS for layer in model.layers)
