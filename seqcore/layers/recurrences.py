"""The recurrences over a batch of examples as operations of TensorFlow, each with its exact gradient.

What has to wait for the step before is walked by `kernels`: one operation forwards, one back. What depends on one step
alone is computed for all steps at once, outside: the input's projection before it, the gradients of the weights after
it, each one matrix product.

All arrays are `(batch, steps, features)`; states after an example's end are zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from seqcore.layers import kernels

Arrays = tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Recurrence:
    """A walk through the steps and back.

    Attributes:
        forwards: `(projected, *weights, lengths, from_end)` to the states and what the way back needs.
        backwards: `(upstream, before, states, *needed, transposed, lengths, from_end)`, where `before` is the state
            before each step, to the gradients by what is projected and by the product with that state.
        needed: How many arrays the way back needs beside the states.
    """

    forwards: Callable[..., Arrays]
    backwards: Callable[..., Arrays]
    needed: int

    def shown(self, states: np.ndarray, lengths: np.ndarray, *, from_end: bool, every_step: bool) -> np.ndarray:
        """Of all states those that are asked for: see `walk`."""
        return states if every_step else states[_last_read(lengths, from_end)]

    def gradients(
        self,
        upstream: np.ndarray,
        recurrent: np.ndarray,
        states: np.ndarray,
        needed: Sequence[np.ndarray],
        lengths: np.ndarray,
        *,
        from_end: bool,
        every_step: bool,
    ) -> Arrays:
        """From the gradient by what `shown` gives to those by what is projected and by the product with the state.

        Returns:
            Both, and the state before each step, `(batch, steps, features)` each.
        """
        if not every_step:
            last, upstream = upstream, np.zeros(states.shape, np.float32)
            upstream[_last_read(lengths, from_end)] = last
        before, transposed = _one_earlier(states, from_end=from_end), np.ascontiguousarray(recurrent.T)
        given = (np.ascontiguousarray(upstream), before, states, *needed, transposed, lengths, from_end)
        return *self.backwards(*given), before


def _simple_rnn_back(upstream: np.ndarray, _before: np.ndarray, *given: Any) -> Arrays:
    changes = kernels.simple_rnn_back(upstream, *given)
    return changes, changes


def _gru_back(upstream: np.ndarray, before: np.ndarray, _states: np.ndarray, *given: Any) -> Arrays:
    return kernels.gru_back(upstream, before, *given)


def _lstm_back(
    upstream: np.ndarray, _before: np.ndarray, _states: np.ndarray, cells: np.ndarray, *given: Any
) -> Arrays:
    changes = kernels.lstm_back(upstream, _one_earlier(cells, from_end=given[-1]), *given)
    return changes, changes


SIMPLE_RNN = Recurrence(lambda *given: (kernels.simple_rnn(*given),), _simple_rnn_back, needed=0)
GRU = Recurrence(kernels.gru, _gru_back, needed=1)
LSTM = Recurrence(kernels.lstm, _lstm_back, needed=3)


def project(inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) -> tf.Tensor:
    """x_t W + b of all steps, `(batch, steps, outputs)`, by one matrix product."""
    batch, steps, features = tf.unstack(tf.shape(inputs))
    flat = tf.nn.bias_add(tf.matmul(tf.reshape(inputs, [batch * steps, inputs.shape[2] or features]), kernel), bias)
    return tf.reshape(flat, [batch, steps, kernel.shape[1]])


def walk(
    recurrence: Recurrence,
    projected: tf.Tensor,
    weights: list[tf.Tensor],
    lengths: tf.Tensor,
    *,
    from_end: bool,
    every_step: bool,
) -> tf.Tensor:
    """The states of a recurrence.

    Args:
        recurrence: Which.
        projected: `(batch, steps, gates * units)`.
        weights: U, `(units, gates * units)`, and where the recurrence has one the bias of its product.
        lengths: Real steps of each example, `(batch,)`, int32.
        from_end: Whether each example is read from its last real step to its first.
        every_step: Whether all states are asked for, `(batch, steps, units)`, in the order of the steps; else the
            state after the last step that is read, `(batch, units)`.
    """
    units = weights[0].shape[0]

    def forwards(projected: np.ndarray, lengths: np.ndarray, *weights: np.ndarray) -> list[np.ndarray]:
        states, *needed = recurrence.forwards(projected, *weights, lengths, from_end)
        last = () if every_step else (recurrence.shown(states, lengths, from_end=from_end, every_step=False),)
        return [states, *needed, *last]

    def backwards(
        upstream: np.ndarray, recurrent: np.ndarray, lengths: np.ndarray, states: np.ndarray, *needed: np.ndarray
    ) -> list[np.ndarray]:
        outer, inner, before = recurrence.gradients(
            upstream, recurrent, states, needed, lengths, from_end=from_end, every_step=every_step
        )
        return [outer, inner.reshape(-1, inner.shape[2]), before.reshape(-1, units)]

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def walked(projected: tf.Tensor, lengths: tf.Tensor, *weights: tf.Tensor) -> tuple[tf.Tensor, Any]:
        found = _called(forwards, [projected, lengths, *weights], 1 + recurrence.needed + (not every_step))
        kept, shown = found[: 1 + recurrence.needed], found[0 if every_step else -1]
        shown.set_shape([*projected.shape[:2], units] if every_step else [projected.shape[0], units])

        def gradient(upstream: tf.Tensor) -> tuple[tf.Tensor | None, ...]:
            given = [upstream, weights[0], lengths, *kept]
            outer, inner, before = _called(backwards, given, 3)
            outer.set_shape(projected.shape)
            inner.set_shape([None, weights[0].shape[1]])
            before.set_shape([None, units])
            slopes = [tf.matmul(before, inner, transpose_a=True)]
            if len(weights) > 1:
                slopes.append(tf.reduce_sum(inner, axis=0))
            return outer, None, *slopes

        return shown, gradient

    return walked(projected, lengths, *weights)


def lstm_with_cells(
    projected: tf.Tensor, recurrent: tf.Tensor, lengths: tf.Tensor, *, from_end: bool
) -> list[tf.Tensor]:
    """All hidden and all cell states of an LSTM, `(batch, steps, units)` each; for looking at, without a gradient."""

    def forwards(projected: np.ndarray, recurrent: np.ndarray, lengths: np.ndarray) -> list[np.ndarray]:
        states, cells, *_ = kernels.lstm(projected, recurrent, lengths, from_end)
        return [states, cells]

    return _called(forwards, [projected, recurrent, lengths], 2)


def _called(function: Callable[..., list[np.ndarray]], given: list[tf.Tensor], count: int) -> list[tf.Tensor]:
    """A function of arrays as an operation that gives so many, float32 each."""
    found = tf.numpy_function(function, given, [tf.float32] * count, stateful=False)
    return list(tf.nest.flatten(found))  # one alone is sometimes in a list


def _last_read(lengths: np.ndarray, from_end: bool) -> tuple[np.ndarray, Any]:
    """Where the state after the last step that is read stands in an array of all."""
    return np.arange(len(lengths)), 0 if from_end else lengths - 1


def _one_earlier(states: np.ndarray, *, from_end: bool) -> np.ndarray:
    """What stood before each step, in the order in which they are read; zeros before the first."""
    before = np.zeros_like(states)
    if from_end:
        before[:, :-1] = states[:, 1:]
    else:
        before[:, 1:] = states[:, :-1]
    return before
