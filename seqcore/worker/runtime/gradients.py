"""A trained model cut at the vectors of its steps: logits of any vectors, and how they depend on each of them."""

from __future__ import annotations

from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf

from seqcore.architectures.memory import Footprint
from seqcore.errors import InspectionError
from seqcore.kinds import Encoder
from seqcore.layers.ngrams import STEP_VECTORS
from seqcore.layers.sequence import EMBEDDING, PROJECTION
from seqcore.worker.models.build import LOGITS, input_signature
from seqcore.worker.models.word_table import table_of_words
from seqcore.worker.pooling import shares_of_windows
from seqcore.worker.runtime.in_windows import refuse_several_windows, stitched

# That give each step its vector, the one to be cut at first: of n-grams beside the token, of tokens.
VECTOR_LAYERS = (STEP_VECTORS, EMBEDDING)


class AlongLine(NamedTuple):
    """What a model says of an example whose vectors are scaled.

    Attributes:
        values: (shares,) the combination of logits.
        slopes: (shares, steps) how it changes with the share through each step's vector x: x · ∂value/∂x, at share · x.
    """

    values: np.ndarray
    slopes: np.ndarray


class Gradients:
    """Gradients of a combination of logits with respect to the vectors of one example's steps.

    Every method reads one encoded example with at least one step; `direction` `(outputs,)` says which combination of
    the logits is meant: of a model with two classes and one output [1] is the second class, [-1] the first.

    Args:
        model: From ids or frames, with a layer that gives each step its vector.
        footprint: Says how much is computed at once.
        encoder: Of the model.

    Raises:
        InspectionError: no layer gives a step its vector.
    """

    def __init__(self, model: keras.Model, footprint: Footprint, encoder: Encoder) -> None:
        self._encoder = encoder
        vectors, logits = vectors_of(model), model.get_layer(LOGITS).output
        self._footprint, self._model = footprint, model
        before, after = keras.Model(model.input, vectors), keras.Model([model.input, vectors], logits)
        example = input_signature(model)
        points, direction = tf.TensorSpec(vectors.shape, vectors.dtype), tf.TensorSpec(logits.shape[1:], tf.float32)

        def at(array: tf.Tensor, given: tf.Tensor, towards: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            alike = tf.repeat(array, tf.shape(given)[0], axis=0)  # the mask comes from the example itself
            with tf.GradientTape() as tape:
                tape.watch(given)
                values = tf.linalg.matvec(after([alike, given], training=False), towards)
            return values, tape.gradient(values, given)

        def at_windows(windows: tf.Tensor, share: tf.Tensor, towards: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            whole = before(windows, training=False)
            given = tf.identity(share * whole)
            with tf.GradientTape() as tape:
                tape.watch(given)
                value = tf.tensordot(_mean_answer(after([windows, given], training=False)), towards, 1)
            return value, tf.reduce_sum(tape.gradient(value, given) * whole, axis=-1)

        share = tf.TensorSpec([], vectors.dtype)
        self._at_windows = tf.function(at_windows, input_signature=[example, share, direction])
        network = keras.Model(model.input, logits)
        self._logits = tf.function(lambda array: network(array, training=False), input_signature=[example])
        self._vectors = tf.function(lambda array: before(array, training=False), input_signature=[example])
        self._at = tf.function(at, input_signature=[example, points, direction])

    def vectors(self, array: np.ndarray) -> np.ndarray:
        """`(steps, size)`: what the model reads of each step.

        Raises:
            InspectionError: it reads the example in several windows; `at` raises it likewise.
        """
        refuse_several_windows(self._encoder, [array])
        found: np.ndarray = self._vectors(array[None]).numpy()[0]
        return found

    def vectors_of_words(self) -> np.ndarray:
        """`(ids, size)`: what the model reads of each token that it knows; of a model of tokens."""
        return table_of_words(self._model)

    def at(self, array: np.ndarray, points: np.ndarray, direction: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Values `(points,)` and gradients `(points, steps, size)` under other vectors, `(points, steps, size)`."""
        refuse_several_windows(self._encoder, [array])
        parts = [self._at(array[None], part, np.float32(direction)) for part in self._divided(points, len(array))]
        values, gradients = ([np.asarray(each) for each in every] for every in zip(*parts, strict=True))
        return np.concatenate(values), np.concatenate(gradients)

    def along(self, array: np.ndarray, shares: np.ndarray, direction: np.ndarray) -> AlongLine:
        """Values and slopes on the straight line from vectors of zeros, share 0, to the example, share 1.

        Of an example that is read in windows the value is that of the pooled answer, whose slope at a step is the sum
        over the windows that the step stands in; of the surest window it is that window's alone.
        """
        parts = self._encoder.windows(len(array))
        if len(parts) > 1:
            return self._along_windows(array, parts, shares, direction)
        whole, found = self.vectors(array), []
        for part in self._divided(shares, len(array)):
            values, gradients = self._at(array[None], part[:, None, None] * whole, np.float32(direction))
            found.append((values, np.einsum("psn,sn->ps", gradients, whole)))
        values, slopes = (np.concatenate(each).astype(np.float64) for each in zip(*found, strict=True))
        return AlongLine(values, slopes)

    def along_numbers(self, array: np.ndarray, shares: np.ndarray, direction: np.ndarray) -> AlongLine:
        """The same with a slope for each number of each step's vector: slopes `(shares, steps · size)`."""
        whole, found = self.vectors(array), []
        for part in self._divided(shares, len(array)):
            values, gradients = self._at(array[None], part[:, None, None] * whole, np.float32(direction))
            found.append((values, (gradients.numpy() * whole).reshape(len(part), -1)))
        values, slopes = (np.concatenate(each).astype(np.float64) for each in zip(*found, strict=True))
        return AlongLine(values, slopes)

    def _along_windows(
        self, array: np.ndarray, parts: list[slice], shares: np.ndarray, direction: np.ndarray
    ) -> AlongLine:
        windows = np.stack([array[part] for part in parts])  # equally long, for the last ends with the example
        if self._encoder.pooling == "largest":
            surest = int(shares_of_windows(self._logits(windows).numpy(), "largest").argmax())
            windows, parts = windows[surest : surest + 1], [parts[surest]]
        found = [self._at_windows(windows, np.float32(share), np.float32(direction)) for share in shares]
        slopes = [stitched(list(slope.numpy()), parts, len(array)) for _, slope in found]
        return AlongLine(np.array([float(value) for value, _ in found]), np.array(slopes))

    def _divided(self, rows: np.ndarray, width: int) -> list[np.ndarray]:
        at_once = self._footprint.scored_at_once(width)
        return np.array_split(np.asarray(rows, np.float32), -(-len(rows) // at_once))


def _mean_answer(logits: tf.Tensor) -> tf.Tensor:
    """`(outputs,)` logits whose softmax is the mean of the windows' probabilities, of `(windows, outputs)`."""
    single = logits.shape[-1] == 1
    scores = tf.nn.log_softmax(tf.concat([tf.zeros_like(logits), logits], axis=-1) if single else logits)
    means = tf.reduce_logsumexp(scores, axis=0) - tf.math.log(tf.cast(tf.shape(scores)[0], scores.dtype))
    return means[1:] - means[:1] if single else means


def vectors_of(model: keras.Model) -> keras.KerasTensor:
    """The vectors of the steps, `(batch, steps, size)`; of frames these themselves, as they are projected.

    Raises:
        InspectionError: no layer gives a step its vector.
    """
    layers = {layer.name: layer for layer in model.layers}
    if PROJECTION in layers:
        return layers[PROJECTION].input
    return _vectors_of_tokens(layers)


def _vectors_of_tokens(layers: dict[str, keras.layers.Layer]) -> keras.KerasTensor:
    for name in VECTOR_LAYERS:
        if name in layers:
            return layers[name].output
    raise InspectionError("No layer of this model gives a step its vector", remedy="Ask something else")
