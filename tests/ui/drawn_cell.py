"""What an inspection would say of a cell whose weights were drawn: a step's numbers without TensorFlow."""

import numpy as np

from seqcore.analysis.cells import GATES, Cell, CellKind, ReadCell
from seqcore.inspections.cell_step import CellStepAnswer, GateParts

WORDS = ("not", "a", "good", "film")
UNITS, FEATURES = 3, 2


def answer_of(kind: CellKind, *, direction: str = "forward") -> CellStepAnswer:
    """What an inspection would say of a cell with weights that were drawn."""
    rng = np.random.default_rng(0)
    width = len(GATES[kind]) * UNITS
    cell = Cell(
        kind, 1, direction, rng.normal(size=(FEATURES, width)), rng.normal(size=(UNITS, width)) * (kind != "min_gru"),
        rng.normal(size=width),
        rng.normal(size=width) if kind == "gru" else None,
    )  # fmt: skip
    hidden, memory = rng.normal(size=(2, len(WORDS), UNITS)).astype(np.float32)
    vectors = rng.normal(size=(len(WORDS), FEATURES)).astype(np.float32)
    read = ReadCell(cell, vectors, hidden, memory if kind == "lstm" else None)
    steps, units = list(range(len(WORDS))), list(range(UNITS))
    states = read.states(steps, units)
    return CellStepAnswer(
        text=" ".join(WORDS), tokens=WORDS, spans=((0, 1),) * len(WORDS), known=(True,) * len(WORDS), layer=1,
        cell=kind, direction=direction, steps=tuple(step + 1 for step in steps), units=tuple(units),
        gates={name: GateParts(**vars(gate)) for name, gate in read.parts(steps, units).items()},
        previous_hidden=states.previous_hidden, hidden=states.hidden, previous_cell=states.previous_memory,
        new_cell=states.memory,
    )  # fmt: skip
