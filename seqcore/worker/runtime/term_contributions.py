"""What every step of a text adds to the logits of a model that only counts terms: exactly, for it is linear in them."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from seqcore.layers.terms import PAIRS
from seqcore.worker.models.build import LOGITS, input_signature

TERM_WEIGHTS, BIAS, IDF = "term_weights", "bias", "idf"


class TermContributions:
    """The parts of a bag of words' logits.

    A logit is Σ over terms of value · weight, plus a bias; what a word contributes is its own term's part and half of
    that of each pair of neighbours that it stands in. The parts are read off the model: weight · ∂logit/∂weight.

    Args:
        model: A bag of words.
    """

    def __init__(self, model: keras.Model) -> None:
        layer = model.get_layer(TERM_WEIGHTS)
        before = keras.Model(model.input, [layer.input, layer.output])
        after = keras.Model([model.input, layer.output], model.get_layer(LOGITS).output)

        def parts(ids: tf.Tensor, towards: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            terms, weights = before(ids, training=False)
            with tf.GradientTape() as tape:
                tape.watch(weights)
                value = tf.linalg.matvec(after([ids, weights], training=False), towards)
            return terms, tf.reduce_sum(tape.gradient(value, weights) * weights, axis=1)

        towards = tf.TensorSpec(model.get_layer(LOGITS).output.shape[1:], tf.float32)
        self._parts = tf.function(parts, input_signature=[input_signature(model), towards])
        self._model = model
        self._bias = model.get_layer(BIAS).get_weights()[0].ravel().astype(np.float64)
        self._vocabulary = int(model.get_layer(IDF).input_dim)  # with the pairs, for now
        self._pairs = np.zeros(0, np.int64)
        if any(each.name == PAIRS for each in model.layers):
            self._pairs = model.get_layer(PAIRS).get_weights()[0].ravel()
            self._vocabulary -= len(self._pairs)

    def of_steps(self, ids: np.ndarray, direction: np.ndarray) -> np.ndarray:
        """`(steps,)`, together the combination of logits less that of the biases; `ids` `(steps,)` has at least one."""
        terms, parts = (np.asarray(each) for each in self._parts(ids[None], np.float32(direction)))
        of_term = np.zeros(self._vocabulary + len(self._pairs) + 1)
        of_term[terms] = parts  # all occurrences of a term have the same part
        of_term[0] = 0.0  # no term
        scores: np.ndarray = of_term[ids]
        halves = of_term[self._pair_terms(ids)] / 2
        scores[:-1] += halves
        scores[1:] += halves
        return scores

    def of_new_words(self, ids: np.ndarray, direction: np.ndarray) -> np.ndarray:
        """`(vocabulary,)` what each word would add, stood it once in the text `ids` and beside no known neighbour.

        As if the text kept its norm, and had no pairs: enough to rank words.
        """
        (idf,), (weights,) = (self._model.get_layer(name).get_weights() for name in (IDF, TERM_WEIGHTS))
        norm = float(np.linalg.norm(idf[np.unique(ids)])) or 1.0
        added: np.ndarray = idf[: self._vocabulary, 0] * (weights[: self._vocabulary] @ np.float32(direction)) / norm
        return added.astype(np.float64)

    def without_terms(self, direction: np.ndarray) -> float:
        """The combination of logits of a text without any term: that of the biases."""
        return float(self._bias @ direction)

    def _pair_terms(self, ids: np.ndarray) -> np.ndarray:
        """`(steps - 1,)` the term of every two neighbours, 0 where the pair is not known."""
        if not len(self._pairs):
            return np.zeros(len(ids) - 1, np.int64)
        keys = ids[:-1].astype(np.int64) * self._vocabulary + ids[1:]
        places = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
        return np.where(self._pairs[places] == keys, self._vocabulary + places, 0)
