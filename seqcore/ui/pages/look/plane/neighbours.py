"""Neighbours of a word, now and at epoch 0, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.inspections.neighbours import NEIGHBOURS, Neighbour, NeighboursAnswer, NeighboursRequest
from seqcore.ui.kit.escape import bold, escape_markdown
from seqcore.ui.pages.look.room import Room, draw_how_to_read

if TYPE_CHECKING:
    from seqcore.store import Run

_WORD = "look-neighbours-of"
_LONGEST = 200  # characters


def show_neighbours(word: str) -> None:
    """Let the next run of the page tell the neighbours of a word; for the click on a button."""
    st.session_state[_WORD] = word


def draw_neighbours(room: Room, run: Run) -> None:
    """A word to be typed, and both lists.

    Raises:
        SeqlabError: the model cannot be answered.
    """
    st.header("Neighbours of a word", anchor=False)
    word = st.text_input(
        "Word", placeholder="A word", max_chars=_LONGEST, key=_WORD, persist_state="session", width=360
    )
    if not (word or "").strip():
        st.caption("Type a word, or press “Neighbours” at one above.")
        return
    answer: NeighboursAnswer = room.ask(NEIGHBOURS, run, NeighboursRequest(text=word))
    for note in answer.notes:
        st.caption(f":material/info: {escape_markdown(note, 400)}")
    if answer.suggestions:
        with st.container(horizontal=True):
            for each in answer.suggestions:
                label = escape_markdown(each, 40)
                st.button(label, key=f"neighbours-of-{each}", on_click=show_neighbours, args=(each,))
    if answer.now:
        now, first = st.columns(2, gap="large")
        with now:
            _draw_list(f"Nearest to {bold(answer.word)} now", answer.now)
        with first:
            _draw_list("At epoch 0, before any training", answer.first)
    draw_how_to_read(NEIGHBOURS)


def _draw_list(title: str, found: Sequence[Neighbour]) -> None:
    st.markdown(title)
    if not found:
        st.caption("Not known of this model.")
        return
    st.dataframe(
        {
            "Word": [each.word for each in found],
            "Cosine now": [_cosine(each.now) for each in found],
            "At epoch 0": [_cosine(each.first) for each in found],
        },
        hide_index=True,
    )


def _cosine(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
