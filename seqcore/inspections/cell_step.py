"""Step through a cell: one step's equations of a few units with all their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from seqcore.analysis.cells import CellKind, Direction, ReadCell
from seqcore.inspections.choosing import MOST_UNITS, SHOWN, existing, place_of_cell
from seqcore.inspections.contracts import ExactGrid, ExactRow, ExampleRequest, StepsRead
from seqcore.inspections.gates import has_cells
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import steps_read

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

CELL_STEP = "cell_step"
Number = Annotated[int, Field(ge=0)]


class GateParts(BaseModel):
    """One gate: after = activation(before), before = from_input + from_state + bias.

    The gates of a GRU have a second bias: before = from_input + bias + s · (from_state + state_bias), where s is the
    reset gate for the candidate and 1 for the others. The candidate of a minGRU has no activation, and from_state is 0.

    Attributes:
        from_input: x·W, (steps, units).
        from_state: h·U of the hidden state before the step, (steps, units).
        bias: (units,).
        state_bias: (units,), of a GRU.
        before: (steps, units).
        after: (steps, units).
    """

    model_config = ConfigDict(frozen=True)

    from_input: ExactGrid
    from_state: ExactGrid
    bias: ExactRow
    state_bias: ExactRow | None = None
    before: ExactGrid
    after: ExactGrid


class CellStepAnswer(StepsRead):
    """Shape: the sums of a cell at some steps, for some units.

    With the gates' names: of an LSTM cell = forget · previous_cell + input · candidate, hidden = output · tanh(cell);
    of a GRU hidden = update · previous_hidden + (1 - update) · candidate; of a minGRU hidden = (1 - update) ·
    previous_hidden + update · candidate; of a plain RNN hidden is its only gate.

    Attributes:
        layer: Number of the layer, from 1.
        cell: What it computes.
        direction: Which way it reads; one that reads backward comes to each step from the one behind it.
        steps: Numbers of the steps, from 1: which step each row is.
        units: Numbers of the units, from 0: which unit each column is.
        gates: By name.
        previous_hidden: (steps, units), before the step.
        hidden: (steps, units), after it.
        previous_cell: (steps, units) of an LSTM, before the step.
        new_cell: (steps, units) of an LSTM, after it.
    """

    layer: int
    cell: CellKind
    direction: Direction
    steps: tuple[int, ...]
    units: tuple[int, ...]
    gates: dict[str, GateParts]
    previous_hidden: ExactGrid
    hidden: ExactGrid
    previous_cell: ExactGrid | None = None
    new_cell: ExactGrid | None = None


class CellStepRequest(ExampleRequest[CellStepAnswer]):
    """The text, and which numbers of the model on it are wanted."""

    layer: int = Field(1, ge=1, description="Number of the recurrent layer, from 1, the nearest to the words.")
    direction: Direction = Field("forward", description="Which way the cell reads.")
    steps: tuple[Number, ...] = Field((), description="Numbers of the steps, from 1; without any: all.")
    units: tuple[Number, ...] = Field(
        (), max_length=MOST_UNITS, description="Numbers of the units, from 0; without any: the four that vary most."
    )


@register(
    CELL_STEP,
    label="Step through",
    how_to_read="What one step computes: each gate is its share of the word, plus its share of the state before, plus "
    "a bias, sent through its activation; the gates then make the new state. All numbers are the model's own.",
    how_not_to_read="A few units are shown, and every unit also hears all the others through the state before: a sum "
    "that looks small for one unit may decide another. The numbers say how the state comes about, not why it is so.",
    of_moments="What one step computes: each gate is its share of what is read at the moment, plus its share of the "
    "state before, plus a bias, sent through its activation; the gates then make the new state. A few units "
    "are shown, and every unit also hears all the others through the state before. The numbers say how the "
    "state comes about, not why it is so.",
    request=CellStepRequest,
    answer=CellStepAnswer,
    applies_to=has_cells,
)
def cell_step(model: FinishedModel, request: CellStepRequest) -> CellStepAnswer:
    """One reading.

    Raises:
        InspectionError: no such layer, direction, step or unit; the message says which there are.
    """
    example = model.example(request)
    said = steps_read(model, example)
    place = place_of_cell(model.states.cells, request.layer, request.direction)
    read = model.states.of(model.read(example)).cells[place]
    rows = existing("step", request.steps, range(1, len(said["tokens"]) + 1))
    units = existing("unit", request.units, range(read.cell.units)) if request.units else _liveliest(read)
    steps = [row - 1 for row in rows]
    states = read.states(steps, units)
    return CellStepAnswer(
        **said,
        layer=request.layer,
        cell=read.cell.kind,
        direction=request.direction,
        steps=rows,
        units=units,
        gates={name: GateParts(**vars(gate)) for name, gate in read.parts(steps, units).items()},
        previous_hidden=states.previous_hidden,
        hidden=states.hidden,
        previous_cell=states.previous_memory,
        new_cell=states.memory,
    )


def _liveliest(read: ReadCell) -> list[int]:
    return [int(unit) for unit in np.sort(read.most_moved()[:SHOWN])]
