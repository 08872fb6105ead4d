"""The three recurrences over a batch of projected steps, each with its exact gradient.

What depends on one step alone is computed for all steps at once, outside the loop: the input's projection before it,
slopes of the activations and gradients of the weights after it. Inside stays what has to wait for the step before:
one matrix product a step, forwards and backwards (back-propagation through time, Werbos 1990). TensorFlow's own
gradient of a loop would carry every one of these computations through each step.

All arrays are steps first: `(steps, batch, features)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

BLOCK = 4  # steps an iteration of the loop: its bookkeeping costs as much as a step


@tf.custom_gradient  # type: ignore[untyped-decorator]
def simple_rnn(projected: tf.Tensor, recurrent: tf.Tensor) -> tuple[tf.Tensor, Any]:
    """h_t = tanh(p_t + h_{t-1} U).

    Args:
        projected: p, `(steps, batch, units)`.
        recurrent: U, `(units, units)`.

    Returns:
        All h, `(steps, batch, units)`.
    """

    def step(state: tf.Tensor, current: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        state = tf.tanh(current + tf.matmul(state, recurrent))
        return state, state

    states = scan(step, projected, recurrent.shape[0], recurrent.shape[0])

    def gradient(upstream: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        back = tf.transpose(recurrent)
        units = recurrent.shape[0]
        slopes = 1 - tf.square(states)

        def step_back(carried: tf.Tensor, current: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            change = (current[:, :units] + carried) * current[:, units:]
            return tf.matmul(change, back), change

        changes = scan_back(step_back, [upstream, slopes], units, units)
        return changes, _weights_gradient(states, changes)

    return states, gradient


@tf.custom_gradient  # type: ignore[untyped-decorator]
def gru(projected: tf.Tensor, recurrent: tf.Tensor, bias: tf.Tensor) -> tuple[tf.Tensor, Any]:
    """z, r = σ(p_zr + h U_zr + b_zr), c = tanh(p_c + r (h U_c + b_c)), h' = z h + (1 - z) c.

    Args:
        projected: p, `(steps, batch, 3 * units)`, gates in Keras' order z, r, c.
        recurrent: U, `(units, 3 * units)`.
        bias: b, `(3 * units,)`.

    Returns:
        All h, `(steps, batch, units)`.
    """
    units = recurrent.shape[0]

    def step(state: tf.Tensor, current: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        inner = tf.matmul(state, recurrent) + bias
        gates = tf.sigmoid(current[:, : 2 * units] + inner[:, : 2 * units])
        update, reset, inner_candidate = gates[:, :units], gates[:, units:], inner[:, 2 * units :]
        candidate = tf.tanh(current[:, 2 * units :] + reset * inner_candidate)
        state = candidate + update * (state - candidate)
        return state, tf.concat([state, gates, candidate, inner_candidate], axis=1)

    walked = scan(step, projected, units, 5 * units)
    states, update, reset, candidate, inner_candidate = tf.split(walked, 5, axis=2)

    def gradient(upstream: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        back = tf.transpose(recurrent)
        to_candidate = (1 - update) * (1 - tf.square(candidate))  # dc before tanh, for a unit change of h'
        to_update = (_before(states) - candidate) * update * (1 - update)
        to_reset = to_candidate * inner_candidate * reset * (1 - reset)
        slopes = tf.concat([to_update, to_reset, to_candidate * reset], axis=2)

        def step_back(carried: tf.Tensor, current: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            change = current[:, :units] + carried
            inner = tf.tile(change, [1, 3]) * current[:, units : 4 * units]
            return change * current[:, 4 * units :] + tf.matmul(inner, back), change

        changes = scan_back(step_back, [upstream, slopes, update], units, units)
        inner = tf.tile(changes, [1, 1, 3]) * slopes
        outer = tf.concat([inner[:, :, : 2 * units], changes * to_candidate], axis=2)
        return outer, _weights_gradient(states, inner), tf.reduce_sum(inner, axis=[0, 1])

    return states, gradient


@tf.custom_gradient  # type: ignore[untyped-decorator]
def lstm(inputs: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) -> tuple[tf.Tensor, Any]:
    """All hidden states of an LSTM, `(steps, batch, units)`, in one operation of TensorFlow's (`BlockLSTMV2`).

    The gradient is named here because TensorFlow registers that of the older operation, whose gates stand in
    another order, for `BlockLSTMV2` too.

    Args:
        inputs: `(steps, batch, features)`.
        weights: `(features + units, 4 * units)`, gates i, f, c, o.
        bias: `(4 * units,)`.
    """
    given = _given_to_lstm(inputs, weights, bias)
    block = tf.raw_ops.BlockLSTMV2(**given, cell_clip=0.0)

    def gradient(upstream: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        back = tf.raw_ops.BlockLSTMGradV2(**given, **block._asdict(), cs_grad=tf.zeros_like(block.cs), h_grad=upstream)
        return back.x_grad, back.w_grad, back.b_grad

    return block.h, gradient


def lstm_with_cells(inputs: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """All hidden and all cell states of `lstm`, `(steps, batch, units)` each; for looking at, without a gradient."""
    block = tf.raw_ops.BlockLSTMV2(**_given_to_lstm(inputs, weights, bias), cell_clip=0.0)
    return block.h, block.cs


def _given_to_lstm(inputs: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor) -> dict[str, Any]:
    """What TensorFlow's operation is given, forwards and backwards."""
    units = tf.shape(bias)[0] // 4
    nothing, no_peephole = tf.zeros([tf.shape(inputs)[1], units]), tf.zeros([units])
    return {
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


Step = Callable[[tf.Tensor, tf.Tensor], tuple[tf.Tensor, tf.Tensor]]


def scan(step: Step, inputs: tf.Tensor, carried: int, given: int) -> tf.Tensor:
    """Walk through the steps, from zeros.

    Args:
        step: `(carried (batch, carried), current (batch, features)) -> (carried, given (batch, given))`.
        inputs: `(steps, batch, features)`.
        carried: Numbers carried from step to step.
        given: Numbers given out at each step.

    Returns:
        What the steps gave out, `(steps, batch, given)`.
    """
    length, rows, features = tf.shape(inputs)[0], tf.shape(inputs)[1], inputs.shape[2]
    iterations = (length + BLOCK - 1) // BLOCK
    padded = tf.pad(inputs, [[0, iterations * BLOCK - length], [0, 0], [0, 0]])
    blocks = tf.reshape(padded, [iterations, BLOCK, rows, features])
    read = tf.TensorArray(tf.float32, iterations, element_shape=[BLOCK, None, features]).unstack(blocks)
    write = tf.TensorArray(tf.float32, iterations, element_shape=[BLOCK, None, given])

    def iteration(
        number: tf.Tensor, state: tf.Tensor, written: tf.TensorArray
    ) -> tuple[tf.Tensor, tf.Tensor, tf.TensorArray]:
        outputs = []
        for current in tf.unstack(read.read(number), num=BLOCK):
            state, output = step(state, current)
            outputs.append(output)
        state.set_shape([None, carried])
        return number + 1, state, written.write(number, tf.stack(outputs))

    start = (tf.constant(0), tf.zeros([rows, carried]), write)
    *_, written = tf.while_loop(lambda number, *_: number < iterations, iteration, start, maximum_iterations=iterations)
    return tf.reshape(written.stack(), [iterations * BLOCK, rows, given])[:length]


def scan_back(step: Step, inputs: list[tf.Tensor], carried: int, given: int) -> tf.Tensor:
    """`scan` from the last step to the first; parts of the inputs side by side, results in the order of steps."""
    return tf.reverse(scan(step, tf.reverse(tf.concat(inputs, axis=2), [0]), carried, given), [0])


def _before(states: tf.Tensor) -> tf.Tensor:
    """The state before each step: zeros, then all but the last."""
    return tf.concat([tf.zeros_like(states[:1]), states[:-1]], axis=0)


def _weights_gradient(states: tf.Tensor, changes: tf.Tensor) -> tf.Tensor:
    """Σ over steps and examples of h_{t-1}ᵀ change_t, in one product: `(units, outputs)`."""
    units, outputs = states.shape[2], changes.shape[2]
    before, after = tf.reshape(_before(states), [-1, units]), tf.reshape(changes, [-1, outputs])
    return tf.matmul(before, after, transpose_a=True)
