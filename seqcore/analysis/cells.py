"""What a recurrent cell does at each step of an example: every gate with the parts that it is the sum of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

CellKind = Literal["rnn", "lstm", "gru", "min_gru"]
Direction = Literal["forward", "backward"]
Floats = NDArray[np.float64]

GATES: dict[CellKind, tuple[str, ...]] = {
    "rnn": ("hidden",),
    "lstm": ("input", "forget", "candidate", "output"),
    "gru": ("update", "reset", "candidate"),
    "min_gru": ("update", "candidate"),
}  # in the order of the weights
CANDIDATE, HIDDEN, CELL = "candidate", "hidden", "cell"
_SQUASHED = (CANDIDATE, HIDDEN)  # by tanh, but for the candidate of a minGRU; every other gate by the logistic function


@dataclass(frozen=True)
class Cell:
    """One direction of one recurrent layer.

    Attributes:
        kind: What it computes.
        layer: Number of the layer, from 1, the nearest to the input.
        direction: Which way it reads.
        kernel: W, (features, gates · units).
        recurrent: U, (units, gates · units); zeros in a minGRU, which does not look at its state.
        bias: b, (gates · units,).
        state_bias: Of a GRU, added to h·U before the reset gate comes upon it, (gates · units,); else None.
    """

    kind: CellKind
    layer: int
    direction: Direction
    kernel: Floats
    recurrent: Floats
    bias: Floats
    state_bias: Floats | None = None

    @property
    def units(self) -> int:
        """Size of the state."""
        return len(self.recurrent)

    def columns(self, gate: str, units: Sequence[int] | None = None) -> NDArray[np.int64]:
        """Where those units (all of them) of a gate stand in the weights."""
        start = GATES[self.kind].index(gate) * self.units
        return start + (np.arange(self.units) if units is None else np.asarray(units, np.int64))


@dataclass(frozen=True)
class Gate:
    """One gate at several steps, for several units: activation(x·W + b + s · (h·U + state_bias)).

    s is 1, but for the candidate of a GRU, where it is the reset gate.

    Attributes:
        from_input: x·W, (steps, units).
        from_state: h·U of the state before the step, (steps, units).
        bias: (units,).
        state_bias: Of a GRU, (units,); else None.
        before: What the activation is given, (steps, units).
        after: What it gives.
    """

    from_input: Floats
    from_state: Floats
    bias: Floats
    state_bias: Floats | None
    before: Floats
    after: Floats


@dataclass(frozen=True)
class States:
    """What a cell carries, before some steps and after them, (steps, units) each.

    Attributes:
        previous_hidden: h before the step.
        hidden: h after it.
        previous_memory: Of an LSTM c before the step; else None.
        memory: Of an LSTM c after it; else None.
    """

    previous_hidden: Floats
    hidden: Floats
    previous_memory: Floats | None = None
    memory: Floats | None = None


@dataclass(frozen=True)
class ReadCell:
    """A cell on one example; all steps are in the example's own order, whichever way the cell reads.

    Attributes:
        cell: With its weights.
        inputs: What the layer was given, (steps, features).
        hidden: State after each step, (steps, units).
        memory: Of an LSTM the cell state after each step, (steps, units); else None.
    """

    cell: Cell
    inputs: NDArray[np.float32]
    hidden: NDArray[np.float32]
    memory: NDArray[np.float32] | None = None

    def previous(self, states: NDArray[np.float32]) -> NDArray[np.float32]:
        """The states, (steps, units), that the cell came to each step with: zeros at the first that it reads."""
        nothing = np.zeros_like(states[:1])
        if self.cell.direction == "forward":
            return np.concatenate([nothing, states])[:-1]
        return np.concatenate([states, nothing])[1:]

    def parts(self, steps: Sequence[int] | None = None, units: Sequence[int] | None = None) -> dict[str, Gate]:
        """Every gate with its parts, in float64; of all steps and units unless some are named, counted from 0."""
        chosen = slice(None) if steps is None else np.asarray(steps, np.int64)
        inputs = self.inputs[chosen].astype(np.float64)
        states = self.previous(self.hidden)[chosen].astype(np.float64)
        found: dict[str, Gate] = {}
        for name in GATES[self.cell.kind]:
            scale = found["reset"].after if self.cell.kind == "gru" and name == CANDIDATE else 1.0
            found[name] = self._gate(name, inputs, states, scale, units)
        return found

    def states(self, steps: Sequence[int], units: Sequence[int]) -> States:
        """The states before and after these steps, those after computed from the `parts`; counted from 0."""
        gates = {name: gate.after for name, gate in self.parts(steps, units).items()}
        place = np.ix_(np.asarray(steps, np.int64), np.asarray(units, np.int64))
        previous = self.previous(self.hidden)[place].astype(np.float64)
        if self.cell.kind == "rnn":
            return States(previous, gates[HIDDEN])
        if self.cell.kind == "min_gru":
            return States(previous, (1 - gates["update"]) * previous + gates["update"] * gates[CANDIDATE])
        if self.cell.kind == "gru":
            return States(previous, gates["update"] * previous + (1 - gates["update"]) * gates[CANDIDATE])
        remembered = self.previous(self._memory())[place].astype(np.float64)
        memory = gates["forget"] * remembered + gates["input"] * gates[CANDIDATE]
        return States(previous, gates["output"] * np.tanh(memory), remembered, memory)

    def gates(self) -> dict[str, Floats]:
        """Every gate and state by name, (steps, units) each: hidden last, the cell of an LSTM before it."""
        found = {name: gate.after for name, gate in self.parts().items()}
        memory = {} if self.memory is None else {CELL: self.memory.astype(np.float64)}
        return {**found, **memory, HIDDEN: self.hidden.astype(np.float64)}

    def line(self, unit: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The hidden state of one unit before each step and after it, (steps,) each."""
        return self.previous(self.hidden)[:, unit].copy(), self.hidden[:, unit].copy()  # not views of a whole batch

    def most_moved(self) -> NDArray[np.int64]:
        """The units by how much their hidden state varies over the steps, the liveliest first."""
        spread = self.hidden.std(axis=0) if len(self.hidden) else np.zeros(self.cell.units)
        return np.argsort(-spread, kind="stable")

    def _memory(self) -> NDArray[np.float32]:
        if self.memory is None:
            raise ValueError(f"a cell of kind {self.cell.kind} keeps no memory beside its hidden state")
        return self.memory

    def _gate(
        self, name: str, inputs: Floats, states: Floats, scale: Floats | float, units: Sequence[int] | None
    ) -> Gate:
        columns = self.cell.columns(name, units)
        from_input, from_state = inputs @ self.cell.kernel[:, columns], states @ self.cell.recurrent[:, columns]
        bias = self.cell.bias[columns]
        state_bias = None if self.cell.state_bias is None else self.cell.state_bias[columns]
        before = from_input + bias + scale * (from_state + (0.0 if state_bias is None else state_bias))
        after = self._activated(name, before)
        return Gate(from_input, from_state, bias, state_bias, before, after)

    def _activated(self, name: str, before: Floats) -> Floats:
        if self.cell.kind == "min_gru" and name == CANDIDATE:
            return before
        activated: Floats = np.tanh(before) if name in _SQUASHED else expit(before)
        return activated
