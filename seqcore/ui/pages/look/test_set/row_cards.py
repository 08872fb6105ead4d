"""Rows of the test set as cards, each one press from being looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.paging import page_of
from seqcore.ui.pages.look import choices, open_tab
from seqcore.ui.session import results, state

if TYPE_CHECKING:
    from seqcore.store import Run
    from seqcore.ui.pages.look.room import Room

_PER_PAGE = 8
_CHARACTERS = 600


@dataclass(frozen=True)
class Card:
    """A row and what is said of it.

    Attributes:
        row: Of the data set.
        text: As it was written.
        lines: In Markdown, one under the other.
    """

    row: int
    text: str
    lines: Sequence[str]


def draw_cards(room: Room, cards: Sequence[Card], runs: Sequence[Run], *, key: str) -> None:
    """A page of them, with what to turn pages by.

    Args:
        room: Whose text a press changes.
        cards: In the order shown.
        runs: Whom a look at one of them is about.
        key: Tells these cards from others.
    """
    for card in page_of(cards, _PER_PAGE, f"{key}-page"):
        with st.container(border=True):
            words, look = st.columns([8, 1.6], vertical_alignment="top")
            words.text(card.text if len(card.text) <= _CHARACTERS else f"{card.text[:_CHARACTERS]}…")
            look.button(
                "Look inside", key=f"{key}-{card.row}", icon=":material/visibility:", width="stretch",
                help=f"Row {card.row + 1}", on_click=_look_at, args=(room, card.row, runs),
            )  # fmt: skip
            st.markdown("  \n".join(card.lines))


def said_true(label: str) -> str:
    """The true class, in Markdown."""
    return f"True: **{escape_markdown(label, 40)}**"


def _look_at(room: Room, row: int, runs: Sequence[Run]) -> None:
    """Make the row the text of Look inside, read by these models."""
    state.memory().look_row = row
    st.session_state[open_tab.KEY] = open_tab.WHAT_MATTERED
    shown = {run.id for run in room.shown}
    of_first = results.predictions_of(room.shown[0].id).rows
    if row not in of_first or not shown >= {run.id for run in runs}:
        st.session_state[choices.models_key(room.experiment.id)] = [run.id for run in runs]
