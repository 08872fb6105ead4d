"""The recurrences as machine code: a walk through the steps, forwards and backwards, of each recurrent layer.

TensorFlow runs a recurrence as hundreds of small operations a batch, whose bookkeeping costs ten times what they
compute. Here each walk is one.

Examples are walked four at a time, so that they share every weight that is read, and only to their own ends: arrays
are `(batch, steps, features)` and hold zeros after an example's end. An example's digits do not depend on the others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import float32

from seqcore.layers.machine_code import ROWS, add_product, kernel, part

MACHINE_CODE = 0x0A9B1C0A  # the checksum of that file
LARGEST = float32(7.90531110763549805)  # from here tanh is taken for 1: it lacks less than 3e-7

FRAMES = "float32[:,:,::1]"
GIVEN = f"{FRAMES}, float32[:,::1], int32[::1], boolean"  # projected, weights, lengths, from_end


@part
def tanh(x: Any) -> Any:
    """A quotient of polynomials, as in Eigen (`generic_fast_tanh_float`): within 3e-7, and eight at once."""
    square = x * x
    above = float32(-2.76076847742355e-16)
    above = above * square + float32(2.00018790482477e-13)
    above = above * square + float32(-8.60467152213735e-11)
    above = above * square + float32(5.12229709037114e-08)
    above = above * square + float32(1.48572235717979e-05)
    above = above * square + float32(6.37261928875436e-04)
    above = above * square + float32(4.89352455891786e-03)
    below = float32(1.19825839466702e-06)
    below = below * square + float32(1.18534705686654e-04)
    below = below * square + float32(2.26843463243900e-03)
    below = below * square + float32(4.89352518554385e-03)
    found = x * above / below
    found = float32(1) if x > LARGEST else found
    return float32(-1) if x < -LARGEST else found


@part
def tanh_all(values: np.ndarray, first: int, last: int) -> None:
    """tanh of `values[first:last]`, in place."""
    for place in range(first, last):
        values[place] = tanh(values[place])


@part
def logistic_all(values: np.ndarray, first: int, last: int) -> None:
    """1 / (1 + exp(-x)) of `values[first:last]`, in place."""
    for place in range(first, last):
        values[place] = float32(0.5) * tanh(float32(0.5) * values[place]) + float32(0.5)


@kernel("float32[:,::1](float32[:,::1])")
def bounded(values: np.ndarray) -> np.ndarray:
    """tanh of every value, `(rows, columns)`."""
    found = np.empty(values.shape, np.float32)
    for row in range(len(values)):
        for column in range(values.shape[1]):
            found[row, column] = tanh(values[row, column])
    return found


@kernel(f"{FRAMES}({GIVEN})")
def simple_rnn(projected: np.ndarray, recurrent: np.ndarray, lengths: np.ndarray, from_end: bool) -> np.ndarray:
    """h_t = tanh(p_t + h_{t-1} U): all h, `(batch, steps, units)`.

    Args:
        projected: p, `(batch, steps, units)`.
        recurrent: U, `(units, units)`.
        lengths: Real steps of each example.
        from_end: Whether each is read from its last real step to its first.
    """
    batch, _, units = projected.shape
    states = np.zeros(projected.shape, np.float32)
    state, sums = np.zeros((ROWS, units), np.float32), np.zeros((ROWS, units), np.float32)
    for first in range(0, batch, ROWS):
        rows = min(ROWS, batch - first)
        longest = lengths[first : first + rows].max()
        state[:] = 0
        for number in range(longest):
            step = longest - 1 - number if from_end else number
            for row in range(rows):
                sums[row] = projected[first + row, step]
            add_product(sums, state, recurrent)
            for row in range(rows):
                if step < lengths[first + row]:
                    tanh_all(sums[row], 0, units)
                    state[row] = sums[row]
                    states[first + row, step] = sums[row]
    return states


@part
def _through_tanh(change: np.ndarray, carried: np.ndarray, upstream: np.ndarray, state: np.ndarray) -> None:
    for unit in range(len(change)):
        change[unit] = (upstream[unit] + carried[unit]) * (float32(1) - state[unit] * state[unit])


@kernel(f"{FRAMES}({FRAMES}, {GIVEN})")
def simple_rnn_back(
    upstream: np.ndarray, states: np.ndarray, transposed: np.ndarray, lengths: np.ndarray, from_end: bool
) -> np.ndarray:
    """Back-propagation through `simple_rnn` (Werbos 1990).

    Args:
        upstream: The loss's gradient by each h, `(batch, steps, units)`.
        states: h.
        transposed: Uᵀ.
        lengths: As forwards.
        from_end: As forwards.

    Returns:
        The gradient by p, `(batch, steps, units)`.
    """
    batch, _, units = states.shape
    changes = np.zeros(states.shape, np.float32)
    carried, change = np.zeros((ROWS, units), np.float32), np.zeros((ROWS, units), np.float32)
    for first in range(0, batch, ROWS):
        rows = min(ROWS, batch - first)
        longest = lengths[first : first + rows].max()
        carried[:], change[:] = 0, 0
        for number in range(longest):
            step = number if from_end else longest - 1 - number
            for row in range(rows):
                if step < lengths[first + row]:
                    _through_tanh(change[row], carried[row], upstream[first + row, step], states[first + row, step])
                    changes[first + row, step] = change[row]
            carried[:] = 0
            add_product(carried, change, transposed)
    return changes


@part
def _gru_state(sums: np.ndarray, projected: np.ndarray, gates: np.ndarray, state: np.ndarray) -> None:
    """The gates z, r, c and the candidate before r, `(4 * units,)`, and the new state, of one example's step."""
    units = len(state)
    for unit in range(2 * units):
        gates[unit] = projected[unit] + sums[unit]
    logistic_all(gates, 0, 2 * units)
    for unit in range(units):
        gates[2 * units + unit] = projected[2 * units + unit] + gates[units + unit] * sums[2 * units + unit]
    tanh_all(gates, 2 * units, 3 * units)
    for unit in range(units):
        gates[3 * units + unit] = sums[2 * units + unit]
    for unit in range(units):
        state[unit] = gates[2 * units + unit] + gates[unit] * (state[unit] - gates[2 * units + unit])


@kernel(f"UniTuple({FRAMES}, 2)({FRAMES}, float32[:,::1], float32[::1], int32[::1], boolean)")
def gru(
    projected: np.ndarray, recurrent: np.ndarray, bias: np.ndarray, lengths: np.ndarray, from_end: bool
) -> tuple[np.ndarray, np.ndarray]:
    """z, r = σ(p_zr + h U_zr + b_zr), c = tanh(p_c + r (h U_c + b_c)), h' = z h + (1 - z) c.

    Args:
        projected: p, `(batch, steps, 3 * units)`, gates in Keras' order z, r, c.
        recurrent: U, `(units, 3 * units)`.
        bias: b, `(3 * units,)`.
        lengths: Real steps of each example.
        from_end: Whether each is read from its last real step to its first.

    Returns:
        All h, `(batch, steps, units)`, and z, r, c and h U_c + b_c, `(batch, steps, 4 * units)`.
    """
    batch, steps, width = projected.shape
    units = width // 3
    states, gates = np.zeros((batch, steps, units), np.float32), np.zeros((batch, steps, 4 * units), np.float32)
    state, sums = np.zeros((ROWS, units), np.float32), np.zeros((ROWS, width), np.float32)
    for first in range(0, batch, ROWS):
        rows = min(ROWS, batch - first)
        longest = lengths[first : first + rows].max()
        state[:] = 0
        for number in range(longest):
            step = longest - 1 - number if from_end else number
            for row in range(ROWS):
                sums[row] = bias
            add_product(sums, state, recurrent)
            for row in range(rows):
                if step < lengths[first + row]:
                    _gru_state(sums[row], projected[first + row, step], gates[first + row, step], state[row])
                    states[first + row, step] = state[row]
    return states, gates


@part
def _gru_change(
    inner: np.ndarray,
    outer: np.ndarray,
    carried: np.ndarray,
    upstream: np.ndarray,
    before: np.ndarray,
    gates: np.ndarray,
) -> None:
    """The gradients by the two sums that the gates are made of, and what goes to the state before beside them."""
    units = len(carried)
    for unit in range(units):
        carried[unit] += upstream[unit]
    for unit in range(units):
        update, candidate = gates[unit], gates[2 * units + unit]
        inner[unit] = carried[unit] * (before[unit] - candidate) * update * (float32(1) - update)
    for unit in range(units):
        candidate = gates[2 * units + unit]
        outer[2 * units + unit] = carried[unit] * (float32(1) - gates[unit]) * (float32(1) - candidate * candidate)
    for unit in range(units):
        reset, changed = gates[units + unit], outer[2 * units + unit]
        inner[units + unit] = changed * gates[3 * units + unit] * reset * (float32(1) - reset)
    for unit in range(units):
        inner[2 * units + unit] = outer[2 * units + unit] * gates[units + unit]
    for unit in range(2 * units):
        outer[unit] = inner[unit]
    for unit in range(units):
        carried[unit] *= gates[unit]


@kernel(f"UniTuple({FRAMES}, 2)({FRAMES}, {FRAMES}, {GIVEN})")
def gru_back(
    upstream: np.ndarray,
    before: np.ndarray,
    gates: np.ndarray,
    transposed: np.ndarray,
    lengths: np.ndarray,
    from_end: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """Back-propagation through `gru`; `before` is the state before each step.

    Returns:
        The gradients by p and by h U + b, `(batch, steps, 3 * units)` each.
    """
    batch, steps, units = before.shape
    outer = np.zeros((batch, steps, 3 * units), np.float32)
    inner = np.zeros((batch, steps, 3 * units), np.float32)
    carried, change = np.zeros((ROWS, units), np.float32), np.zeros((ROWS, 3 * units), np.float32)
    for first in range(0, batch, ROWS):
        rows = min(ROWS, batch - first)
        longest = lengths[first : first + rows].max()
        carried[:], change[:] = 0, 0
        for number in range(longest):
            step = number if from_end else longest - 1 - number
            for row in range(rows):
                example = first + row
                if step < lengths[example]:
                    _gru_change(
                        change[row], outer[example, step], carried[row], upstream[example, step], before[example, step],
                        gates[example, step],
                    )  # fmt: skip
                    inner[example, step] = change[row]
            add_product(carried, change, transposed)
    return outer, inner


@part
def _lstm_state(gates: np.ndarray, cell: np.ndarray, bounded: np.ndarray, state: np.ndarray) -> None:
    """From the sums i, f, c, o to the gates, in place, and from the old cell to the new cell, its tanh, the state."""
    units = len(state)
    logistic_all(gates, 0, 2 * units)
    tanh_all(gates, 2 * units, 3 * units)
    logistic_all(gates, 3 * units, 4 * units)
    for unit in range(units):
        cell[unit] = gates[units + unit] * cell[unit] + gates[unit] * gates[2 * units + unit]
    for unit in range(units):
        bounded[unit] = tanh(cell[unit])
    for unit in range(units):
        state[unit] = gates[3 * units + unit] * bounded[unit]


@kernel(f"UniTuple({FRAMES}, 4)({GIVEN})")
def lstm(
    projected: np.ndarray, recurrent: np.ndarray, lengths: np.ndarray, from_end: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """i, f, o = σ(p + h U), g = tanh(p_g + h U_g), c' = f c + i g, h' = o tanh(c').

    Args:
        projected: p with the bias in it, `(batch, steps, 4 * units)`, gates in Keras' order i, f, g, o.
        recurrent: U, `(units, 4 * units)`.
        lengths: Real steps of each example.
        from_end: Whether each is read from its last real step to its first.

    Returns:
        All h, all c and all tanh(c), `(batch, steps, units)` each, and the gates, `(batch, steps, 4 * units)`.
    """
    batch, steps, width = projected.shape
    units = width // 4
    gates = np.zeros(projected.shape, np.float32)
    states, cells = np.zeros((batch, steps, units), np.float32), np.zeros((batch, steps, units), np.float32)
    bounded = np.zeros((batch, steps, units), np.float32)
    state, cell = np.zeros((ROWS, units), np.float32), np.zeros((ROWS, units), np.float32)
    sums = np.zeros((ROWS, width), np.float32)
    for first in range(0, batch, ROWS):
        rows = min(ROWS, batch - first)
        longest = lengths[first : first + rows].max()
        state[:], cell[:] = 0, 0
        for number in range(longest):
            step = longest - 1 - number if from_end else number
            for row in range(rows):
                sums[row] = projected[first + row, step]
            add_product(sums, state, recurrent)
            for row in range(rows):
                example = first + row
                if step < lengths[example]:
                    _lstm_state(sums[row], cell[row], bounded[example, step], state[row])
                    gates[example, step] = sums[row]
                    cells[example, step] = cell[row]
                    states[example, step] = state[row]
    return states, cells, bounded, gates


@part
def _lstm_change(
    change: np.ndarray,
    carried: np.ndarray,
    carried_cell: np.ndarray,
    upstream: np.ndarray,
    before: np.ndarray,
    bounded: np.ndarray,
    gates: np.ndarray,
) -> None:
    """The gradient by the sums of the gates, and what goes to the cell before beside them."""
    units = len(carried)
    for unit in range(units):
        carried[unit] += upstream[unit]
    for unit in range(units):
        output = gates[3 * units + unit]
        change[3 * units + unit] = carried[unit] * bounded[unit] * output * (float32(1) - output)
    for unit in range(units):
        carried_cell[unit] += carried[unit] * gates[3 * units + unit] * (float32(1) - bounded[unit] * bounded[unit])
    for unit in range(units):
        let_in = gates[unit]
        change[unit] = carried_cell[unit] * gates[2 * units + unit] * let_in * (float32(1) - let_in)
    for unit in range(units):
        kept = gates[units + unit]
        change[units + unit] = carried_cell[unit] * kept * (float32(1) - kept) * before[unit]
    for unit in range(units):
        candidate = gates[2 * units + unit]
        change[2 * units + unit] = carried_cell[unit] * gates[unit] * (float32(1) - candidate * candidate)
    for unit in range(units):
        carried_cell[unit] *= gates[units + unit]


@kernel(f"{FRAMES}({FRAMES}, {FRAMES}, {FRAMES}, {GIVEN})")
def lstm_back(
    upstream: np.ndarray,
    before: np.ndarray,
    bounded: np.ndarray,
    gates: np.ndarray,
    transposed: np.ndarray,
    lengths: np.ndarray,
    from_end: bool,
) -> np.ndarray:
    """Back-propagation through `lstm`; `before` is the cell before each step.

    Returns:
        The gradient by p, `(batch, steps, 4 * units)`.
    """
    batch, _, units = before.shape
    changes = np.zeros(gates.shape, np.float32)
    carried, carried_cell = np.zeros((ROWS, units), np.float32), np.zeros((ROWS, units), np.float32)
    change = np.zeros((ROWS, 4 * units), np.float32)
    for first in range(0, batch, ROWS):
        rows = min(ROWS, batch - first)
        longest = lengths[first : first + rows].max()
        carried[:], carried_cell[:], change[:] = 0, 0, 0
        for number in range(longest):
            step = number if from_end else longest - 1 - number
            for row in range(rows):
                example = first + row
                if step < lengths[example]:
                    _lstm_change(
                        change[row], carried[row], carried_cell[row], upstream[example, step], before[example, step],
                        bounded[example, step], gates[example, step],
                    )  # fmt: skip
                    changes[example, step] = change[row]
            carried[:] = 0
            add_product(carried, change, transposed)
    return changes
