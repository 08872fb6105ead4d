"""Keras' recurrent layers, faster on texts that are padded at the end.

Each class is the Keras layer of the same name: same weights, same configuration, same values at every real
token, with a quicker way through the words. Nothing is masked inside the loop: padding stands at the end, so a
forward pass has left the real words behind when it meets padding, and the last valid state is picked afterwards;
a backward pass reverses each text by its own length first. The input is projected for all words in one matrix
product before the loop; the LSTM's loop is one fused operation (`BlockLSTMV2`).

`seqcore.worker.saving` writes the plain Keras layers in their place, so a saved model needs nothing of ours.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

PACKAGE = "seqcore"


class _EndPadded:
    """What the three layers share: from a mask to lengths, and from all states to those asked for."""

    def call(self, sequences: Any, initial_state: Any = None, mask: Any = None, training: bool = False) -> Any:
        """States of `sequences` `(batch, words, features)`; `mask` `(batch, words)` is True at real words.

        Returns `(batch, words, units)` with `return_sequences`, else the last valid state `(batch, units)`.
        Values at padding are unspecified.
        """
        lengths = _lengths(sequences, mask)
        if self.go_backwards:  # type: ignore[attr-defined]
            sequences = tf.reverse_sequence(sequences, lengths, seq_axis=1)
        states = self.walk(sequences)  # type: ignore[attr-defined]
        if not self.return_sequences:  # type: ignore[attr-defined]
            return tf.gather(states, lengths - 1, axis=1, batch_dims=1)
        if self.go_backwards:  # type: ignore[attr-defined]
            # Keras returns a backward layer's states last word first, padding in front.
            return tf.reverse(tf.reverse_sequence(states, lengths, seq_axis=1), axis=[1])
        return states


@keras.saving.register_keras_serializable(PACKAGE)
class SimpleRNN(_EndPadded, keras.layers.SimpleRNN):  # type: ignore[misc]
    """h_t = tanh(W x_t + U h_{t-1} + b), Elman 1990."""

    def walk(self, sequences: tf.Tensor) -> tf.Tensor:
        """All states, `(batch, words, units)`."""
        recurrent = tf.convert_to_tensor(self.cell.recurrent_kernel)

        def step(state: tf.Tensor, projected: tf.Tensor) -> tf.Tensor:
            return tf.tanh(projected + tf.matmul(state, recurrent))

        return _scan(step, _project(sequences, self.cell.kernel, self.cell.bias), self.units)


@keras.saving.register_keras_serializable(PACKAGE)
class LSTM(_EndPadded, keras.layers.LSTM):  # type: ignore[misc]
    """Long short-term memory, Hochreiter & Schmidhuber 1997, with a forget gate (Gers et al. 2000)."""

    def walk(self, sequences: tf.Tensor) -> tf.Tensor:
        """All hidden states, `(batch, words, units)`; the kernel's gate order is Keras' own: i, f, c, o."""
        weights = tf.concat([self.cell.kernel, self.cell.recurrent_kernel], axis=0)
        states = _fused_lstm(tf.transpose(sequences, [1, 0, 2]), weights, tf.convert_to_tensor(self.cell.bias))
        return tf.transpose(states, [1, 0, 2])


@keras.saving.register_keras_serializable(PACKAGE)
class GRU(_EndPadded, keras.layers.GRU):  # type: ignore[misc]
    """Gated recurrent unit, Cho et al. 2014 (arXiv:1406.1078), reset after the product as in cuDNN and Keras."""

    def walk(self, sequences: tf.Tensor) -> tf.Tensor:
        """All states, `(batch, words, units)`; gates in Keras' order z, r, h."""
        input_bias, recurrent_bias = tf.unstack(tf.convert_to_tensor(self.cell.bias))
        recurrent = tf.convert_to_tensor(self.cell.recurrent_kernel)
        units = self.units

        def step(state: tf.Tensor, projected: tf.Tensor) -> tf.Tensor:
            inner = tf.matmul(state, recurrent) + recurrent_bias
            gates = tf.sigmoid(projected[:, : 2 * units] + inner[:, : 2 * units])
            update, reset = gates[:, :units], gates[:, units:]
            candidate = tf.tanh(projected[:, 2 * units :] + reset * inner[:, 2 * units :])
            return candidate + update * (state - candidate)

        return _scan(step, _project(sequences, self.cell.kernel, input_bias), units)


def bidirectional(layer: keras.layers.Layer, *, name: str) -> keras.layers.Bidirectional:
    """The layer forwards and a second one backwards, side by side (Schuster & Paliwal 1997)."""
    return keras.layers.Bidirectional(layer, name=name)


def _lengths(sequences: tf.Tensor, mask: tf.Tensor | None) -> tf.Tensor:
    if mask is None:
        return tf.fill([tf.shape(sequences)[0]], tf.shape(sequences)[1])
    return tf.maximum(tf.reduce_sum(tf.cast(mask, tf.int32), axis=1), 1)


def _project(sequences: tf.Tensor, kernel: Any, bias: Any) -> tf.Tensor:
    """All words' inputs in one product: `(words, batch, outputs)`, ready to be walked through."""
    words_first = tf.transpose(sequences, [1, 0, 2])
    return tf.matmul(words_first, tf.convert_to_tensor(kernel)) + bias


def _scan(step: Any, projected: tf.Tensor, units: int) -> tf.Tensor:
    """Walk through `projected` `(words, batch, gates)`; all states, `(batch, words, units)`."""
    words, rows = tf.shape(projected)[0], tf.shape(projected)[1]
    inputs = tf.TensorArray(tf.float32, words).unstack(projected)

    def body(time: tf.Tensor, state: tf.Tensor, states: tf.TensorArray) -> tuple[tf.Tensor, tf.Tensor, tf.TensorArray]:
        state = step(state, inputs.read(time))
        state.set_shape([None, units])
        return time + 1, state, states.write(time, state)

    start = (tf.constant(0), tf.zeros([rows, units]), tf.TensorArray(tf.float32, words))
    _, _, states = tf.while_loop(lambda time, *_: time < words, body, start, maximum_iterations=words)
    return tf.transpose(states.stack(), [1, 0, 2])


@tf.custom_gradient  # type: ignore[untyped-decorator]
def _fused_lstm(inputs: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) -> tuple[tf.Tensor, Any]:
    """All hidden states of an LSTM, `(words, batch, units)`, in one operation, with its exact gradient.

    The gradient is named here because TensorFlow registers that of the older operation, whose gates stand in
    another order, for `BlockLSTMV2` too.

    Args:
        inputs: `(words, batch, features)`.
        weights: `(features + units, 4 * units)`, gates i, f, c, o.
        bias: `(4 * units,)`.
    """
    units = tf.shape(bias)[0] // 4
    nothing, no_peephole = tf.zeros([tf.shape(inputs)[1], units]), tf.zeros([units])
    given = {
        "seq_len_max": tf.cast(tf.shape(inputs)[0], tf.int64),
        "x": inputs,
        "cs_prev": nothing,
        "h_prev": nothing,
        "w": weights,
        "wci": no_peephole,
        "wcf": no_peephole,
        "wco": no_peephole,
        "b": bias,
        "use_peephole": False,
    }
    block = tf.raw_ops.BlockLSTMV2(**given, cell_clip=0.0)

    def gradient(upstream: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        back = tf.raw_ops.BlockLSTMGradV2(**given, **block._asdict(), cs_grad=tf.zeros_like(block.cs), h_grad=upstream)
        return back.x_grad, back.w_grad, back.b_grad

    return block.h, gradient
