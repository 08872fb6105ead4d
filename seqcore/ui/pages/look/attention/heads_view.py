"""A transformer opened: its heads as a grid, what each does as a table, and tokens by tokens, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.inspections.attention_matrix import ATTENTION_MATRIX, MOST_SHOWN, MatrixAnswer, MatrixRequest
from seqcore.inspections.heads import HEADS, HeadsAnswer, HeadsRequest
from seqcore.ui.components.head_grid import draw_head_grid
from seqcore.ui.components.token_matrix import draw_token_matrix
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.file_names import file_name
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.attention import head_files
from seqcore.ui.pages.look.attention.head_choice import HeadChoice, choose_heads, chooser
from seqcore.ui.pages.look.room import Room
from seqcore.ui.session.file_button import file_button

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from seqcore.store import Run


@dataclass(frozen=True)
class OpenedHeads:
    """What a transformer's heads do with a text.

    Attributes:
        heads: All of them.
        choice: Which matrix is looked at.
        matrix: That one.
    """

    heads: HeadsAnswer
    choice: HeadChoice
    matrix: MatrixAnswer


def open_heads(room: Room, run: Run) -> OpenedHeads:
    """Ask a transformer about the text: about all heads, then for the one matrix that is chosen.

    Raises:
        SeqlabError: it cannot be answered.
    """
    heads: HeadsAnswer = room.ask(HEADS, run, HeadsRequest(text=room.text))
    choice = choose_heads(run.id, room.labels[run.id], heads)
    last = max(1, heads.steps - MOST_SHOWN + 1)
    first = min(int(st.session_state.get(_first_key(run), 1)), last)
    of = "rollout" if choice.rollout else "attention"
    request = MatrixRequest(text=room.text, of=of, layer=choice.layer, head=choice.head, first=first)
    return OpenedHeads(heads, choice, room.ask(ATTENTION_MATRIX, run, request))


def draw_opened(room: Room, run: Run, opened: OpenedHeads, number: int) -> None:
    """The grid, its table, and the matrix that is chosen.

    Args:
        room: The text and the names of models.
        run: Whose model.
        opened: What it answered.
        number: Of the model on the page.
    """
    found, label = opened.matrix, room.labels[run.id]
    if found.matrix is None:
        return
    st.header(f"Heads: {escape_markdown(label, 60)}", anchor=False)
    chosen = (opened.choice.layer, opened.choice.head)
    draw_head_grid(opened.heads, run.architecture, chosen, chooser(run.id), key=f"head-grid-{number}")
    with st.expander("What each head does, in numbers"):
        st.dataframe(head_files.heads_table(opened.heads), hide_index=True)
        st.caption(
            "Means over the tokens that look. A head that looks at every token alike has as many “tokens at a time” as "
            "the text has; entropy is the same in bits."
        )
        _file("Heads as CSV", partial(head_files.heads_csv, opened.heads), file_name(f"heads {label}", "csv"))
    st.header(f"Token by token: {escape_markdown(label, 60)}", anchor=False)
    _draw_one(room, run, opened, found.matrix, number)


def _draw_one(room: Room, run: Run, opened: OpenedHeads, matrix: NDArray[np.floating], number: int) -> None:
    found, label, told = opened.matrix, room.labels[run.id], opened.choice.told
    st.markdown(f"**{told}**{_habit_told(opened)}")
    _draw_part(run, found)
    shown = found.tokens[found.first - 1 : found.first - 1 + len(matrix)]
    kept = f"look-token-{run.id}"
    text, step = st.session_state.get(kept, ("", 0))
    file = file_name(f"{told} {label}", "")
    step = draw_token_matrix(
        room.text, shown, found.first, matrix, architecture=run.architecture, title=f"{told}, {label}",
        passes_on=opened.choice.rollout, step=step if text == room.text else 0, key=f"token-matrix-{number}", file=file,
    )  # fmt: skip
    st.session_state[kept] = (room.text, step)
    with st.container(horizontal=True):
        _file("Matrix as CSV", partial(head_files.matrix_csv, found), f"{file}.csv")
        page = partial(head_files.both_ways_html, found, step, run.architecture, f"{told}, {label}")
        _file(f"Both ways of “{escape_markdown(shown[step].token, 24)}” as HTML", page, f"{file}.html", "text/html")


def _draw_part(run: Run, found: MatrixAnswer) -> None:
    """Of a long text, where the part begins that is shown."""
    steps = len(found.tokens)
    if steps <= MOST_SHOWN:
        return
    st.slider(f"First of the {MOST_SHOWN} tokens shown, of {steps:,}", 1, steps - MOST_SHOWN + 1, key=_first_key(run))
    st.caption(
        f":material/info: {share(found.elsewhere)} of what these tokens look at lies in the rest of the text; the "
        "small pictures above are of all of it."
    )


def _habit_told(opened: OpenedHeads) -> str:
    choice = opened.choice
    for each in opened.heads.each:
        if not choice.rollout and (each.layer, each.head) == (choice.layer, choice.head):
            return f": {escape_markdown(each.sentence, 200)}"
    return ""


def _first_key(run: Run) -> str:
    return f"look-heads-from-{run.id}"


def _file(title: str, make: partial[bytes], name: str, kind: str = "text/csv") -> None:
    file_button(title, make, name, kind)
