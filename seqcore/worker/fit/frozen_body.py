"""Models of which training changes the head alone: what stands below it is computed once for each example."""

from __future__ import annotations

from copy import copy

import keras
import numpy as np
import tensorflow as tf

from seqcore.architectures.memory import Footprint
from seqcore.worker.evaluate import batches_that_fit
from seqcore.worker.fit.observer import Observers
from seqcore.worker.models.build import LOGITS, input_signature
from seqcore.worker.prepare import Examples

MOST_NUMBERS = 50_000_000  # that are held for all examples together


class Features(Examples):
    """Examples as the head meets them, in the order and batches of the examples that they were made of.

    Args:
        examples: Of which they were made.
        features: (examples, features) what stands below the head.
    """

    def __init__(self, examples: Examples, features: np.ndarray) -> None:
        self.__dict__.update(copy(examples).__dict__)
        self.features = features

    def batch(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Features `(rows, features)` and labels `(rows,)`."""
        return self.features[rows], self.labels[rows]


class FrozenBody:
    """The part of a model below its head.

    Args:
        model: Of which training changes the head alone.
        footprint: Says how many examples are computed at once.
    """

    def __init__(self, model: keras.Model, footprint: Footprint) -> None:
        self._head, self._footprint = model.get_layer(LOGITS), footprint
        self._size = int(self._head.input.shape[-1])
        body = keras.Model(model.input, self._head.input)
        self._forward = tf.function(
            lambda inputs: body(inputs, training=False), input_signature=[input_signature(model)]
        )

    def network(self) -> keras.Model:
        """The head alone, `(batch, features) -> (batch, outputs)`; its weights are the model's."""
        features = keras.Input((self._size,), name="features")
        return keras.Model(features, self._head(features), name="head")

    def features(self, examples: Examples, observers: Observers) -> Features:
        """What stands below the head for each; zeros for those that were left when somebody asked for the end."""
        found = np.zeros((len(examples), self._size), np.float32)
        for rows in batches_that_fit(examples.lengths, self._footprint):
            observers.batch_begins()
            if observers.cancelled:
                break
            found[rows] = self._forward(examples.batch(rows)[0]).numpy()
        return Features(examples, found)

    def logits(self, examples: Features) -> np.ndarray:
        """`(examples, outputs)` by the head as it is now."""
        kernel, bias = self._head.get_weights()
        answers: np.ndarray = examples.features @ kernel + bias
        return answers


def has_frozen_body(model: keras.Model, examples: int) -> bool:
    """Whether training changes the head alone, nothing below it is drawn at random, and there is room for the rest."""
    head = model.get_layer(LOGITS)
    if not isinstance(head, keras.layers.Dense) or examples * int(head.input.shape[-1]) > MOST_NUMBERS:
        return False
    drawn = any(getattr(layer, "rate", 0) or getattr(layer, "dropout", 0) for layer in model.layers)
    return not drawn and {id(each) for each in model.trainable_weights} == {id(each) for each in head.trainable_weights}
