"""Step through a cell: a text word by word, with the numbers of one's own model in its equations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import appearance
from seqcore.inspections import get_inspection
from seqcore.inspections.cell_step import CELL_STEP, CellStepAnswer, CellStepRequest
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.step_equations import equations_of, lines_of
from seqcore.ui.kit.step_grid import step_grid
from seqcore.ui.session import questions
from seqcore.ui.session.word_steps import choose_word, keep_word
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    from seqcore.analysis.cells import Direction
    from seqcore.store import Run

Asks = Callable[[CellStepRequest], CellStepAnswer]
_WAYS: dict[Direction, str] = {"forward": "Reading forwards", "backward": "Reading backwards"}


def can_step_through(run: Run) -> bool:
    """Whether the run's model is made of cells that can be looked into."""
    able, _ = questions.who_can_answer(get_inspection(CELL_STEP), [run])
    return bool(able)


def draw_step_through(run: Run, text: str, *, both_ways: bool, layers: int, key: str) -> None:
    """One word at a time, forward and back; the page stops here while the engine starts.

    Args:
        run: Whose model is asked; one that `can_step_through`.
        text: What it reads.
        both_ways: Whether it has a cell for each direction.
        layers: How many recurrent layers it has.
        key: Prefix of the controls' keys.

    Raises:
        SeqlabError: it cannot be answered.
    """
    questions.wait_for_engine()
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        way: Direction = "forward"
        if both_ways:
            way = st.segmented_control(
                "Direction", list(_WAYS), default="forward", required=True, format_func=_WAYS.__getitem__,
                key=f"{key}-way", label_visibility="collapsed",
            )  # fmt: skip
        layer = 1
        if layers > 1:
            layer = st.segmented_control(
                "Layer", list(range(1, layers + 1)), default=1, required=True, key=f"{key}-layer",
                format_func=lambda number: f"Layer {number}", label_visibility="collapsed",
            )  # fmt: skip
    ask = partial(questions.ask, CELL_STEP, run.id)
    draw_steps_of(run, text, ask, way=way, layer=layer, key=key)


def draw_steps_of(
    run: Run, text: str, ask: Asks, *, way: Direction, layer: int, key: str, units: tuple[int, ...] = ()
) -> None:
    """The same of one cell that was chosen already.

    Args:
        run: Whose model is asked.
        text: What it reads.
        ask: Gives the model's answer.
        way: Which way the cell reads.
        layer: Number of its layer, from 1.
        key: Prefix of the controls' keys; `word_steps.go_to` says where the steps stand.
        units: Numbers of the units shown; without any, those that vary most over the text.

    Raises:
        SeqlabError: it cannot be answered.
    """
    request = CellStepRequest(text=text, direction=way, layer=layer, units=units)
    answer = ask(request)
    if not answer.steps:
        st.caption("The model reads nothing of this text.")
        return
    _draw_steps(answer, run.architecture, key, "The chosen unit and those" if units else "The units")


@st.fragment
def _draw_steps(answer: CellStepAnswer, architecture: str, key: str, which: str) -> None:
    row = choose_word(answer.tokens, key, backwards=answer.direction == "backward")
    said = escape_markdown(answer.tokens[row], 40)
    unknown = "" if answer.known[row] else " (unknown to the model: it has the vector of all unknown words)"
    st.markdown(f"Step {row + 1} of {len(answer.steps)}: the cell reads **{said}**{unknown}.")
    numbers, equations = st.columns([5, 6], gap="large")
    with numbers:
        st.html(step_grid(lines_of(answer, row), answer.units, appearance(architecture).color))
        said = f"{which} that vary most over this text. Bars to the left are negative; a gate is 0 shut, 1 open."
        st.caption(explained(said))
    with equations:
        column = st.segmented_control(
            "Unit", list(range(len(answer.units))), default=0, required=True, key=f"{key}-unit",
            format_func=lambda place: f"Unit {answer.units[place]}",
        )  # fmt: skip
        for equation in equations_of(answer, row, int(column or 0)):
            st.latex(equation)
    inspection = get_inspection(CELL_STEP)
    st.caption(f"{explained(inspection.how_to_read)} {inspection.how_not_to_read}")
    keep_word(row)
