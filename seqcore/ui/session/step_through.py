"""Step through a cell: a text word by word, with the numbers of one's own model in its equations."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import appearance
from seqcore.inspections import get_inspection
from seqcore.inspections.cell_step import CELL_STEP, CellStepAnswer, CellStepRequest
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.step_equations import Line, equations_of, lines_of
from seqcore.ui.session import in_address, questions
from seqcore.ui.session.words import explained

if TYPE_CHECKING:
    from seqcore.analysis.cells import Direction
    from seqcore.store import Run

_LISTED = 80  # words that one can go to by a press
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
    draw_steps_of(run, text, way=way, layer=layer, key=key)


def draw_steps_of(run: Run, text: str, *, way: Direction, layer: int, key: str, units: tuple[int, ...] = ()) -> None:
    """The same of one cell that was chosen already.

    Args:
        run: Whose model is asked.
        text: What it reads.
        way: Which way the cell reads.
        layer: Number of its layer, from 1.
        key: Prefix of the controls' keys; `go_to` says where the steps stand.
        units: Numbers of the units shown; without any, those that vary most over the text.

    Raises:
        SeqlabError: it cannot be answered.
    """
    request = CellStepRequest(text=text, direction=way, layer=layer, units=units)
    answer: CellStepAnswer = questions.ask(CELL_STEP, run.id, request)
    if not answer.steps:
        st.caption("The model reads nothing of this text.")
        return
    _draw_steps(answer, run.architecture, key, "The chosen unit and those" if units else "The units")


@st.fragment
def _draw_steps(answer: CellStepAnswer, architecture: str, key: str, which: str) -> None:
    row = _choose_step(answer, key)
    said = escape_markdown(answer.tokens[row], 40)
    unknown = "" if answer.known[row] else " (unknown to the model: it has the vector of all unknown words)"
    st.markdown(f"Step {row + 1} of {len(answer.steps)}: the cell reads **{said}**{unknown}.")
    numbers, equations = st.columns([5, 6], gap="large")
    with numbers:
        st.html(_grid(answer, row, appearance(architecture).color))
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
    in_address.keep(in_address.STEP, str(row + 1) if row else None)


def _choose_step(answer: CellStepAnswer, key: str) -> int:
    """The step that is looked at, from 0: by its word, or one further, or one back."""
    name, last = f"{key}-step", len(answer.steps) - 1
    given = in_address.take(in_address.STEP)
    if given and given.isdecimal():
        _go_to(name, max(int(given) - 1, 0))
    now = min(int(st.session_state.get(name) or 0), last)
    st.session_state[name] = now
    listed = list(range(min(len(answer.steps), _LISTED)))
    first, second = ("Back", "Next") if answer.direction == "forward" else ("Next", "Back")
    st.pills(
        "Word", listed if now in listed else [*listed, now], key=name, required=True, label_visibility="collapsed",
        format_func=lambda place: escape_markdown(answer.tokens[place], 24),
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        st.button(
            first, icon=":material/arrow_back:", key=f"{key}-left", disabled=now == 0,
            on_click=_go_to, args=(name, now - 1),
        )  # fmt: skip
        st.button(
            second, icon=":material/arrow_forward:", key=f"{key}-right", disabled=now == last, icon_position="right",
            on_click=_go_to, args=(name, now + 1),
        )  # fmt: skip
    return now


def _go_to(name: str, place: int) -> None:
    st.session_state[name] = place


def go_to(key: str, place: int) -> None:
    """Let the steps under that key stand at a word, from 0; before they are drawn."""
    _go_to(f"{key}-step", place)


def _grid(answer: CellStepAnswer, row: int, color: str) -> str:
    lines = lines_of(answer, row)
    most = max(float(abs(line.values).max()) for line in lines if not line.is_gate) or 1.0
    head = "".join(f'<th scope="col">unit {unit}</th>' for unit in answer.units)
    body = "".join(_row(line, most, color) for line in lines)
    return f'<table class="seqlab-cell"><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(line: Line, most: float, color: str) -> str:
    cells = "".join(f"<td>{_bar(float(value), most, line, color)}</td>" for value in line.values)
    return f'<tr><th scope="row">{escape(line.name)} <i>{_letter(line.letter)}</i></th>{cells}</tr>'


def _bar(value: float, most: float, line: Line, color: str) -> str:
    width = min(100.0, 100 * abs(value) / (1.0 if line.is_gate else most)) * (1.0 if line.is_gate else 0.5)
    left = 0.0 if line.is_gate else 50.0 - (width if value < 0 else 0.0)
    said = f"{value:.2f}".replace("-", "\u2212")
    return (
        f'<span class="bar"><span style="left:{left:.0f}%;width:{width:.0f}%;background:{color}"></span></span>{said}'
    )


def _letter(letter: str) -> str:
    base, _, below = letter.partition("_")
    return f"{escape(base)}<sub>{escape(below.strip('{}'))}</sub>" if below else escape(base)
