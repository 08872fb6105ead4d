"""Which cell of a recurrent model is looked at, and what its gates and states are called."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.inspections.gates import GatesOfCell
from seqcore.ui.pages.look.one_of import one_of

LIVELIEST = 32  # units of a layer that are drawn
STATES = ("hidden", "cell", "candidate")  # which go below 0
_CALLED = {"cell": "Cell state", "hidden": "Hidden state", "candidate": "Candidate"}


def choose_cell(cells: Sequence[GatesOfCell]) -> GatesOfCell:
    """Draw the choice of a layer and of the direction in which it reads, where there are several."""
    layers = sorted({cell.layer for cell in cells})
    layer = one_of("Layer", layers, "look-cell-layer", [str(number) for number in layers])
    ways = [cell for cell in cells if cell.layer == layer]
    return one_of("Reads", ways, "look-cell-way", [cell.direction for cell in ways])


def choose_gate(cell: GatesOfCell) -> str:
    """Draw the choice of one of its gates and states."""
    return one_of("Gate or state", list(cell.gates), f"look-gate-{cell.cell}", [called(name) for name in cell.gates])


def called(gate: str) -> str:
    """What people call it."""
    return _CALLED.get(gate, f"{gate.capitalize()} gate")
