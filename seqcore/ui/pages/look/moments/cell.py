"""Inside the cell along time: a gate or state of every unit, beneath the example."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from seqcore import plots
from seqcore.inspections.gates import GATES, GatesAnswer, GatesRequest
from seqcore.ui.pages.look.cell.gate_choice import LIVELIEST, STATES, called, choose_cell, choose_gate
from seqcore.ui.pages.look.long_tables import gates_csv
from seqcore.ui.pages.look.moments import drawn
from seqcore.ui.pages.look.one_of import one_of
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.take_home import draw_numbers
from seqcore.ui.session import results


def draw_cell(room: Room) -> None:
    """One model, one layer, one gate; all of them for one unit on demand.

    Raises:
        SeqlabError: the model cannot be answered.
    """
    able = room.able(GATES)
    if not able:
        return
    run = one_of("Model", able, "look-cell-run", [room.labels[run.id] for run in able])
    answer: GatesAnswer = room.ask(GATES, run, GatesRequest.model_validate(room.example.asked))
    drawn.draw_notes(room.labels[run.id], answer.notes)
    if not answer.tokens:
        return
    with st.container(horizontal=True, gap="large"):
        cell = choose_cell(answer.layers)
        gate = choose_gate(cell)
    units = cell.order[:LIVELIEST]
    columns = [cell.units.index(unit) for unit in units]
    signed = gate in STATES
    grid = plots.Strip(
        f"{called(gate)} of each unit", cell.gates[gate][:, columns].T, signed,
        most=0.0 if signed else 1.0, rows=tuple(f"unit {unit}" for unit in units),
    )  # fmt: skip
    if st.session_state.get("look-unit") not in cell.order:
        st.session_state["look-unit"] = cell.order[0]
    room_of_grid = st.container()
    unit = int(st.selectbox("Unit", cell.order, key="look-unit", width=180))
    picture = drawn.picture_for(room, run)
    with room_of_grid:
        drawn.draw(picture, plots.Beneath([grid]), key="cell", title=grid.title)
        st.caption(
            f"A row is a unit, on top those that vary most over this {results.kind_of(room.experiment).example}"
            + (f": {len(units)} of {len(cell.order)}." if len(units) < len(cell.order) else ".")
        )
    column = cell.units.index(unit)
    strips = [
        plots.Strip(called(name), np.asarray(values[:, column], float), name in STATES, 0.0 if name in STATES else 1.0)
        for name, values in cell.gates.items()
    ]
    beneath = plots.Beneath(strips)
    drawn.draw(picture, beneath, key="cell-unit", title=f"All gates and states of unit {unit}")
    drawn.draw_table(picture, beneath, key="cell-unit")
    draw_numbers(GATES, partial(gates_csv, room.labels[run.id], answer))
    draw_how_to_read(GATES, kind=room.example.data.kind)
