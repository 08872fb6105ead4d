"""The recurrence of a minGRU for all steps at once, by an associative scan, in Keras' own operations."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf
from keras import ops

from seqcore.layers.later import later

NAME = "min_gru"


def gates_of(units: int, index: int) -> keras.layers.Dense:
    """What makes z before its σ, and c, of every step alone; `index` is the number of the layer from 0."""
    return keras.layers.Dense(2 * units, name=f"{NAME}_{index}")


def min_gru(gates: keras.layers.Dense, vectors: keras.KerasTensor, longest: int) -> keras.KerasTensor:
    """The state after every step: h_t = (1 - z_t) h_{t-1} + z_t c_t with z_t = σ(W_z x_t + b_z), c_t = W_c x_t + b_c.

    Feng, Tung, Ahmed, Bengio & Hajimirsadeghi 2024 (arXiv:2410.01201), section 3.1.

    Args:
        gates: From `gates_of`.
        vectors: `(batch, steps, features)`.
        longest: Steps of the longest example.

    Returns:
        `(batch, steps, units)`; values at padding are unspecified.
    """
    projected, units = gates(vectors), gates.units // 2
    update, candidate = ops.sigmoid(projected[:, :, :units]), projected[:, :, units:]
    return _scanned(1 - update, update * candidate, longest)


def _scanned(kept: keras.KerasTensor, added: keras.KerasTensor, longest: int) -> keras.KerasTensor:
    """All h_t = kept_t h_{t-1} + added_t from h_0 = 0, in log2(longest) rounds instead of one a step.

    Two steps in a row are one: (k, a) then (l, b) is (k l, l a + b), which is associative, so each round joins every
    step with what ends where it begins (Hillis & Steele 1986, https://doi.org/10.1145/7902.7903).
    """
    reach = 1
    while reach < longest:
        added = added + kept * later(added, reach)
        kept = kept * later(kept, reach)
        reach *= 2
    return added


def is_min_gru(layer: keras.layers.Layer) -> bool:
    """Whether it makes the gates of a minGRU."""
    return isinstance(layer, keras.layers.Dense) and layer.name.startswith(f"{NAME}_")


class OpenedMinGRU:
    """The gates of a minGRU, walked step by step like every other recurrent layer that is looked into.

    Args:
        gates: From `gates_of`, built.
    """

    go_backwards, return_sequences = False, False

    def __init__(self, gates: keras.layers.Dense) -> None:
        self.gates = gates
        self.units = gates.units // 2

    def every_state(self, sequences: tf.Tensor, lengths: tf.Tensor) -> list[tf.Tensor]:
        """The state after each step, `(batch, steps, units)`, of `(batch, steps, features)`."""

        def step(state: tf.Tensor, current: tuple[tf.Tensor, tf.Tensor]) -> tf.Tensor:
            update, candidate = current
            return state + update * (candidate - state)

        projected: Any = tf.transpose(self.gates(sequences), [1, 0, 2])
        update, candidate = tf.sigmoid(projected[:, :, : self.units]), projected[:, :, self.units :]
        states = tf.scan(step, (update, candidate), tf.zeros_like(candidate[0]))
        return [tf.transpose(states, [1, 0, 2])]
