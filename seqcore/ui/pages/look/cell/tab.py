"""Inside the cell: gates and states of a recurrent model as units by words, one unit's lines, one word's equations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from seqcore import plots
from seqcore.inspections.cell_step import CELL_STEP
from seqcore.inspections.gates import GATES, GatesAnswer, GatesOfCell, GatesRequest
from seqcore.ui.kit import charts
from seqcore.ui.kit.escape import escape_markdown, shorten
from seqcore.ui.pages.look.cell.driving import draw_driving
from seqcore.ui.pages.look.cell.gate_choice import LIVELIEST, STATES, called, choose_cell, choose_gate
from seqcore.ui.pages.look.grid_pages import gate_page
from seqcore.ui.pages.look.long_tables import gates_csv
from seqcore.ui.pages.look.one_of import one_of
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.take_home import draw_take_home
from seqcore.ui.session.step_through import draw_steps_of
from seqcore.ui.session.word_steps import go_to

if TYPE_CHECKING:
    from seqcore.store import Run

_STEPPED = 4  # units whose numbers are told word by word
_WORDS = 60  # side by side
_STEPS = "look-cell"


def draw_cell(room: Room) -> None:
    """One model, one layer, one gate; below it the unit and the word that are chosen.

    Raises:
        SeqlabError: the model cannot be answered.
    """
    able = room.able(GATES)
    if not able:
        return
    run = one_of("Model", able, "look-cell-run", [room.labels[run.id] for run in able])
    answer: GatesAnswer = room.ask(GATES, run, GatesRequest(text=room.text))
    for note in answer.notes:
        st.caption(f":material/info: {escape_markdown(note, 300)}")
    if not answer.tokens:
        return
    with st.container(horizontal=True, gap="large"):
        cell = choose_cell(answer.layers)
        gate = choose_gate(cell)
    _draw_grid(answer, cell, gate, run)
    unit = _draw_unit(answer, cell, gate, run)
    label = room.labels[run.id]
    page = partial(
        gate_page, answer, cell, gate, _drawn(cell), architecture=run.architecture, signed=gate in STATES,
        title=f"{called(gate)} of {label}, layer {cell.layer}, {cell.direction}",
    )  # fmt: skip
    draw_take_home(GATES, partial(gates_csv, label, answer), page)
    st.header("Step through it", anchor=False)
    units = tuple(dict.fromkeys((unit, *cell.order)))[:_STEPPED]
    ask = partial(room.ask, CELL_STEP, run)
    draw_steps_of(run, room.text, ask, way=cell.direction, layer=cell.layer, key=_STEPS, units=units)
    draw_how_to_read(GATES)
    draw_driving(room, run, cell, unit, _STEPS)


def _draw_grid(answer: GatesAnswer, cell: GatesOfCell, gate: str, run: Run) -> None:
    """The heatmap; a click on it chooses the unit and the word."""
    first = _first_word(len(answer.tokens))
    words = answer.tokens[first : first + _WORDS]
    units = _drawn(cell)
    rows = [cell.units.index(unit) for unit in units]
    values = cell.gates[gate][first : first + _WORDS, rows].T  # (units, words)
    figure = plots.plot_gate(values, words, units, run.architecture, signed=gate in STATES)
    said = plots.describe_gate(called(gate), values, words, units)
    table = [["Unit", *(shorten(word, 24) for word in words)]]
    table += [[str(unit), *(f"{value:z.2f}" for value in row)] for unit, row in zip(units, values, strict=True)]
    clicked = charts.show_cells(figure, key="gates", alt=said, table=table, least=plots.gate_width(len(words)))
    if clicked is not None and clicked[0] < len(units) and clicked[1] < len(words):
        st.session_state["look-unit"] = units[clicked[0]]
        go_to(_STEPS, first + clicked[1])
    st.caption(
        f"{escape_markdown(said, 300)} A row is a unit, a column a word; on top the units that vary most over this text"
        + (f", {len(units)} of {len(cell.order)}. " if len(units) < len(cell.order) else ". ")
        + "A click chooses the unit and the word that are shown below."
    )


def _drawn(cell: GatesOfCell) -> tuple[int, ...]:
    """The liveliest units, and the chosen one wherever it stands."""
    liveliest, chosen = cell.order[:LIVELIEST], st.session_state.get("look-unit")
    return liveliest if chosen in liveliest or chosen not in cell.order else (*liveliest, chosen)


def _first_word(words: int) -> int:
    """Of a long text, where the part begins that is drawn."""
    if words <= _WORDS:
        return 0
    last = words - _WORDS
    if int(st.session_state.get("look-cell-from", 1)) > last + 1:
        st.session_state["look-cell-from"] = 1
    return int(st.slider(f"First of the {_WORDS} words shown", 1, last + 1, key="look-cell-from")) - 1


def _draw_unit(answer: GatesAnswer, cell: GatesOfCell, gate: str, run: Run) -> int:
    """A unit's own lines, over the same words; gives its number."""
    if st.session_state.get("look-unit") not in cell.order:
        st.session_state["look-unit"] = cell.order[0]
    unit = st.selectbox("Unit", cell.order, key="look-unit", width=180)
    column, first = cell.units.index(unit), int(st.session_state.get("look-cell-from", 1)) - 1
    first = first if len(answer.tokens) > _WORDS else 0
    words = answer.tokens[first : first + _WORDS]
    lines = [
        plots.UnitLine(called(name), np.asarray(grid[first : first + _WORDS, column], float).round(4).tolist())
        for name, grid in cell.gates.items()
    ]
    figure = plots.plot_unit(lines, words, run.architecture, called(gate))
    said = plots.describe_unit(unit, lines)
    table = [["Word", *(line.name for line in lines)]]
    table += [[shorten(word, 24), *(f"{line.values[at]:z.2f}" for line in lines)] for at, word in enumerate(words)]
    charts.show(figure, key="unit", alt=said, table=table, least=plots.gate_width(len(words)))
    st.caption(said)
    return unit
