"""Inside the cell: every gate and state of every recurrent layer after each word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from seqcore.analysis.cells import CellKind, Direction, ReadCell
from seqcore.architectures import Architecture
from seqcore.architectures.recurrent import is_recurrent
from seqcore.inspections.contracts import ExampleRequest, Grid, OneProbabilityAClass, StepsRead
from seqcore.inspections.examples import reads_examples
from seqcore.inspections.registry import register
from seqcore.inspections.text_said import steps_read

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

GATES = "gates"
MOST_NUMBERS = 4_000_000  # that an answer carries


class GatesOfCell(BaseModel):
    """One direction of one recurrent layer.

    Attributes:
        layer: Number of the layer, from 1, the nearest to the words.
        cell: What it computes.
        direction: Which way it reads; the rows are in the order of the text either way.
        units: Numbers of the units shown, from 0: which unit each column is.
        order: The same units by how much their hidden state varies over this text, the liveliest first.
        gates: (tokens, units) of each: input, forget, candidate, output, cell, hidden of an LSTM; update, reset,
            candidate, hidden of a GRU; update, candidate, hidden of a minGRU; hidden of a plain RNN.
    """

    model_config = ConfigDict(frozen=True)

    layer: int
    cell: CellKind
    direction: Direction
    units: tuple[int, ...]
    order: tuple[int, ...]
    gates: dict[str, Grid]


class GatesAnswer(StepsRead):
    """Shape: grids of tokens by units, several for each layer and direction.

    Attributes:
        classes: Labels as the user wrote them.
        probabilities: (classes,), of the whole text.
        layers: From the words upwards, forward before backward.
    """

    classes: tuple[str, ...]
    probabilities: OneProbabilityAClass
    layers: tuple[GatesOfCell, ...]


class GatesRequest(ExampleRequest[GatesAnswer]):
    """The text to look into, and how much of it is wanted."""

    units: int = Field(0, ge=0, le=512, description="Units of each layer at most, those that vary most; 0: all.")

    @property
    def large(self) -> bool:
        """It has a number for each word, unit and gate."""
        return True


def has_cells(architecture: Architecture, kind: str) -> str | None:
    """Why there is no recurrent cell to open."""
    if not is_recurrent(architecture):
        return "has no recurrent cell to open"
    return reads_examples(architecture, kind)


@register(
    GATES,
    label="Inside the cell",
    how_to_read="A number for every word and unit. A gate goes from 0, shut, to 1, open: the forget gate at 1 keeps "
    "all of the cell, the input gate at 0 writes nothing into it, the update gate of a GRU at 1 keeps the old state, "
    "that of a minGRU at 1 replaces it. Candidate and hidden state go from -1 to 1, in a minGRU without a bound; the "
    "hidden state is what the next layer sees.",
    how_not_to_read="A unit stands for nothing by itself: what it holds counts only through the weights above it, and "
    "another seed spreads the same over other units. A gate that opens at a word says that something is written "
    "there, not that it matters to the answer.",
    of_moments="A gate goes from 0, shut, to 1, open: the forget gate at 1 keeps all of the cell, the input gate at 0 "
    "writes nothing into it. Blue and orange are states above and below 0. A unit stands for nothing by "
    "itself, and another seed spreads the same over other units.",
    request=GatesRequest,
    answer=GatesAnswer,
    applies_to=has_cells,
)
def gates(model: FinishedModel, request: GatesRequest) -> GatesAnswer:
    """One reading. Where all of a long text would be too much, the units that vary most."""
    example = model.example(request)
    said = steps_read(model, example)
    read = [(cell, cell.gates()) for cell in model.states.of(model.read(example)).cells]
    numbers = sum(grid.size for _, grids in read for grid in grids.values())
    share = min(1.0, MOST_NUMBERS / numbers)
    return GatesAnswer(
        **said,
        classes=model.classes,
        probabilities=model.probabilities([example])[0],
        layers=tuple(
            _shown(cell, {name: grid[: len(said["tokens"])] for name, grid in grids.items()}, request.units, share)
            for cell, grids in read
        ),
    )


def _shown(read: ReadCell, grids: dict[str, NDArray[np.float64]], most: int, share: float) -> GatesOfCell:
    """Grids of one cell: `most` of its units (0: all), and of all of them that share at most."""
    units = min(most or read.cell.units, max(1, int(share * read.cell.units)))
    order = read.most_moved()[:units]
    columns = np.sort(order)
    return GatesOfCell(
        layer=read.cell.layer,
        cell=read.cell.kind,
        direction=read.cell.direction,
        units=columns.tolist(),
        order=order.tolist(),
        gates={name: grid[:, columns] for name, grid in grids.items()},
    )
