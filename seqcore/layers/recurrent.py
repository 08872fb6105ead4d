"""Keras' recurrent layers, faster on examples that are padded at the end.

Each class is the Keras layer of the same name: same weights, same configuration, same values at every real
step, with a quicker way through the steps. Nothing is masked inside the loop: padding stands at the end, so a
forward pass has left the real steps behind when it meets padding, and the last valid state is picked afterwards;
a backward pass reverses each example by its own length first. The loops themselves are in `recurrences`.

`seqcore.worker.models.save` writes the plain Keras layers in their place, so a saved model needs nothing of ours.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from seqcore.layers import recurrences

PACKAGE = "seqcore"


class _EndPadded:
    """What the three layers share: from a mask to lengths, and from all states to those asked for."""

    def call(self, sequences: Any, initial_state: Any = None, mask: Any = None, training: bool = False) -> Any:
        """States of `sequences` `(batch, steps, features)`; `mask` `(batch, steps)` is True at real steps.

        Returns `(batch, steps, units)` with `return_sequences`, else the last valid state `(batch, units)`.
        Values at padding are unspecified.
        """
        lengths = _lengths(sequences, mask)
        if self.go_backwards:  # type: ignore[attr-defined]
            sequences = tf.reverse_sequence(sequences, lengths, seq_axis=1)
        states = self.walk(tf.transpose(sequences, [1, 0, 2]))  # type: ignore[attr-defined]
        states = tf.transpose(states, [1, 0, 2])
        if not self.return_sequences:  # type: ignore[attr-defined]
            return tf.gather(states, lengths - 1, axis=1, batch_dims=1)
        if self.go_backwards:  # type: ignore[attr-defined]
            # Keras returns a backward layer's states last step first, padding in front.
            return tf.reverse(tf.reverse_sequence(states, lengths, seq_axis=1), axis=[1])
        return states

    def every_state(self, sequences: tf.Tensor, lengths: tf.Tensor) -> list[tf.Tensor]:
        """The hidden state after each step, and of an LSTM the cell state too, `(batch, steps, units)` each.

        Always in the order of the steps, also of a layer that reads them from the last to the first. Values at
        padding are unspecified.

        Args:
            sequences: `(batch, steps, features)`.
            lengths: Real steps of each example, `(batch,)`, int32.
        """
        if self.go_backwards:  # type: ignore[attr-defined]
            sequences = tf.reverse_sequence(sequences, lengths, seq_axis=1)
        walked = [tf.transpose(states, [1, 0, 2]) for states in self.remember(tf.transpose(sequences, [1, 0, 2]))]
        if self.go_backwards:  # type: ignore[attr-defined]
            return [tf.reverse_sequence(states, lengths, seq_axis=1) for states in walked]
        return walked

    def remember(self, inputs: tf.Tensor) -> list[tf.Tensor]:
        """All that is carried from step to step, `(steps, batch, units)` each, of `(steps, batch, features)`."""
        return [self.walk(inputs)]  # type: ignore[attr-defined]


@keras.saving.register_keras_serializable(PACKAGE)
class SimpleRNN(_EndPadded, keras.layers.SimpleRNN):  # type: ignore[misc]
    """h_t = tanh(W x_t + U h_{t-1} + b), Elman 1990."""

    def walk(self, inputs: tf.Tensor) -> tf.Tensor:
        """All states, `(steps, batch, units)`, of `inputs` `(steps, batch, features)`."""
        projected = tf.matmul(inputs, tf.convert_to_tensor(self.cell.kernel)) + self.cell.bias
        return recurrences.simple_rnn(projected, tf.convert_to_tensor(self.cell.recurrent_kernel))


@keras.saving.register_keras_serializable(PACKAGE)
class LSTM(_EndPadded, keras.layers.LSTM):  # type: ignore[misc]
    """Long short-term memory, Hochreiter & Schmidhuber 1997, with a forget gate (Gers et al. 2000)."""

    def walk(self, inputs: tf.Tensor) -> tf.Tensor:
        """All hidden states, `(steps, batch, units)`; the kernel's gate order is Keras' own: i, f, c, o."""
        return recurrences.lstm(inputs, *self._weights())

    def remember(self, inputs: tf.Tensor) -> list[tf.Tensor]:
        """All hidden states and all cell states, `(steps, batch, units)` each."""
        return list(recurrences.lstm_with_cells(inputs, *self._weights()))

    def _weights(self) -> tuple[tf.Tensor, tf.Tensor]:
        weights = tf.concat([self.cell.kernel, self.cell.recurrent_kernel], axis=0)
        return weights, tf.convert_to_tensor(self.cell.bias)


@keras.saving.register_keras_serializable(PACKAGE)
class GRU(_EndPadded, keras.layers.GRU):  # type: ignore[misc]
    """Gated recurrent unit, Cho et al. 2014 (arXiv:1406.1078), reset after the product as in cuDNN and Keras."""

    def walk(self, inputs: tf.Tensor) -> tf.Tensor:
        """All states, `(steps, batch, units)`; gates in Keras' order z, r, h."""
        input_bias, recurrent_bias = tf.unstack(tf.convert_to_tensor(self.cell.bias))
        projected = tf.matmul(inputs, tf.convert_to_tensor(self.cell.kernel)) + input_bias
        return recurrences.gru(projected, tf.convert_to_tensor(self.cell.recurrent_kernel), recurrent_bias)


def bidirectional(layer: keras.layers.Layer, *, name: str) -> keras.layers.Bidirectional:
    """The layer forwards and a second one backwards, side by side (Schuster & Paliwal 1997)."""
    return keras.layers.Bidirectional(layer, name=name)


def _lengths(sequences: tf.Tensor, mask: tf.Tensor | None) -> tf.Tensor:
    if mask is None:
        return tf.fill([tf.shape(sequences)[0]], tf.shape(sequences)[1])
    return tf.maximum(tf.reduce_sum(tf.cast(mask, tf.int32), axis=1), 1)
