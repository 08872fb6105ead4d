"""Keras' recurrent layers, faster on examples that are padded at the end.

Each class is the Keras layer of the same name: same weights, same configuration, same values at every real
step, with a quicker way through the steps. Padding stands at the end: each example is walked to its own end, or from
it. The walks themselves are in `recurrences`. They are made for a processor: where there is a GPU, an LSTM and a GRU
are left to Keras, which hands them to cuDNN.

`seqcore.worker.models.save` writes the plain Keras layers in their place, so a saved model needs nothing of ours.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from seqcore.layers import gpu, recurrences

PACKAGE = "seqcore"


class _EndPadded:
    """What the three layers share: from a mask to lengths, and from all states to those asked for.

    Attributes:
        recurrence: The walk.
        in_cudnn: Whether Keras hands the layer to cuDNN.
    """

    recurrence: recurrences.Recurrence
    in_cudnn = False

    def call(self, sequences: Any, initial_state: Any = None, mask: Any = None, training: bool = False) -> Any:
        """States of `sequences` `(batch, steps, features)`; `mask` `(batch, steps)` is True at real steps.

        Returns `(batch, steps, units)` with `return_sequences`, else the last valid state `(batch, units)`.
        Values at padding are unspecified.
        """
        lengths = _lengths(sequences, mask)
        if self.in_cudnn and gpu.has_gpu():
            real = tf.sequence_mask(lengths, tf.shape(sequences)[1])  # a step each at least, which cuDNN insists on
            return super().call(sequences, mask=real, training=training)  # type: ignore[misc]
        every_step: bool = self.return_sequences  # type: ignore[attr-defined]
        states = self._walk(sequences, lengths, every_step=every_step)
        if every_step and self.go_backwards:  # type: ignore[attr-defined]
            return tf.reverse(states, axis=[1])  # Keras returns a backward layer's states last step first
        return states

    def every_state(self, sequences: tf.Tensor, lengths: tf.Tensor) -> list[tf.Tensor]:
        """The hidden state after each step, and of an LSTM the cell state too, `(batch, steps, units)` each.

        Always in the order of the steps, also of a layer that reads them from the last to the first. Values at
        padding are unspecified.

        Args:
            sequences: `(batch, steps, features)`.
            lengths: Real steps of each example, `(batch,)`, int32.
        """
        return [self._walk(sequences, lengths, every_step=True)]

    def _walk(self, sequences: tf.Tensor, lengths: tf.Tensor, *, every_step: bool) -> tf.Tensor:
        kernel, recurrent, bias, *biases = self._weights()
        projected = recurrences.project(sequences, kernel, bias)
        from_end: bool = self.go_backwards  # type: ignore[attr-defined]
        weights = [recurrent, *biases]
        return recurrences.walk(self.recurrence, projected, weights, lengths, from_end=from_end, every_step=every_step)

    def _weights(self) -> list[tf.Tensor]:
        """W, U, the bias of the projection, and what else the recurrence has."""
        cell = self.cell  # type: ignore[attr-defined]
        return [tf.convert_to_tensor(weight) for weight in (cell.kernel, cell.recurrent_kernel, cell.bias)]


@keras.saving.register_keras_serializable(PACKAGE)
class SimpleRNN(_EndPadded, keras.layers.SimpleRNN):  # type: ignore[misc]
    """h_t = tanh(W x_t + U h_{t-1} + b), Elman 1990."""

    recurrence = recurrences.SIMPLE_RNN


@keras.saving.register_keras_serializable(PACKAGE)
class LSTM(_EndPadded, keras.layers.LSTM):  # type: ignore[misc]
    """Long short-term memory, Hochreiter & Schmidhuber 1997, with a forget gate (Gers et al. 2000)."""

    recurrence = recurrences.LSTM
    in_cudnn = True

    def every_state(self, sequences: tf.Tensor, lengths: tf.Tensor) -> list[tf.Tensor]:
        """All hidden states and all cell states, `(batch, steps, units)` each, in the order of the steps."""
        kernel, recurrent, bias = self._weights()
        projected = recurrences.project(sequences, kernel, bias)
        return recurrences.lstm_with_cells(projected, recurrent, lengths, from_end=self.go_backwards)


@keras.saving.register_keras_serializable(PACKAGE)
class GRU(_EndPadded, keras.layers.GRU):  # type: ignore[misc]
    """Gated recurrent unit, Cho et al. 2014 (arXiv:1406.1078), reset after the product as in cuDNN and Keras."""

    recurrence = recurrences.GRU
    in_cudnn = True

    def _weights(self) -> list[tf.Tensor]:
        kernel, recurrent, biases = super()._weights()
        return [kernel, recurrent, *tf.unstack(biases)]


def bidirectional(layer: keras.layers.Layer, *, name: str) -> keras.layers.Bidirectional:
    """The layer forwards and a second one backwards, side by side (Schuster & Paliwal 1997)."""
    return keras.layers.Bidirectional(layer, name=name)


def _lengths(sequences: tf.Tensor, mask: tf.Tensor | None) -> tf.Tensor:
    if mask is None:
        return tf.fill([tf.shape(sequences)[0]], tf.shape(sequences)[1])
    return tf.maximum(tf.reduce_sum(tf.cast(mask, tf.int32), axis=1), 1)
