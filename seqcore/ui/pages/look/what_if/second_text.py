"""The text beside the one that Look inside is about: the changed one, another that is typed, or a test text."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from seqcore.ui.kit.escape import shorten
from seqcore.ui.pages.look.room import Room
from seqcore.ui.pages.look.what_if.edited_text import EditedText
from seqcore.ui.session import in_address, results
from seqcore.ui.session.text_box import MOST_CHARACTERS

_EDITED, _TYPED, _TEST = "The changed text", "Another text", "Another test text"
_SHORT = {_EDITED: "changed", _TYPED: "text", _TEST: "row"}  # in the address
_LISTED = 1_000
_ON, _SOURCE, _OWN, _ROW = "look-two", "look-two-source", "look-two-text", "look-two-row"


class Second(NamedTuple):
    """A text, and its class where it is known."""

    text: str
    truth: str | None


def choose_second(room: Room, edit: EditedText) -> Second | None:
    """The second text; None while none is wanted, or none is there."""
    _arrive()
    wanted = st.toggle(
        "Put a second text beside this one", key=_ON, persist_state="session",
        help="Every model's answers and maps of both: a few answers for each model.",
    )  # fmt: skip
    if not wanted:
        in_address.keep(in_address.BESIDE, None)
        return None
    source = st.segmented_control(
        "Second text", list(_SHORT), default=_EDITED, required=True, key=_SOURCE, wrap=True, persist_state="session",
    )  # fmt: skip
    value, second = "", Second(edit.now, None)
    if source == _EDITED and not edit.changed:
        st.caption("Nothing is changed above yet, so both texts are the same.")
    if source == _TYPED:
        value = st.text_area(
            "Type the second text", height=110, max_chars=MOST_CHARACTERS, key=_OWN, persist_state="session",
            placeholder="Type or paste a text, then press Ctrl + Enter",
        )  # fmt: skip
        second = Second(value, None)
    elif source == _TEST:
        row = _choose_row(room)
        value, second = (
            str(row + 1),
            Second(results.texts(room.experiment)[row], results.label_of(room.experiment, row)),
        )
    in_address.keep(in_address.BESIDE, f"{_SHORT[source]}.{value}")
    if not second.text.strip():
        st.caption("There is no second text yet.")
        return None
    return second


def _choose_row(room: Room) -> int:
    texts, rows = results.texts(room.experiment), results.predictions_of(room.shown[0].id).rows
    listed = [int(row) for row in rows[:_LISTED]]
    brought = st.session_state.get(_ROW)
    if brought in [int(row) for row in rows] and brought not in listed:
        listed.append(brought)
    if brought not in listed:
        st.session_state[_ROW] = listed[0]
    return st.selectbox(
        "Test text beside it", listed, format_func=lambda row: f"{row + 1}: {shorten(texts[row], 100)}", key=_ROW,
        persist_state="session", help="Type to find one by its words." if len(rows) <= _LISTED else
        f"The first {_LISTED:,} of {len(rows):,}; type to find one by its words.",
    )  # fmt: skip


def _arrive() -> None:
    """Take what a link brings."""
    short, _, value = (in_address.take(in_address.BESIDE) or "").partition(".")
    for source, name in _SHORT.items():
        if name == short:
            st.session_state.update({_ON: True, _SOURCE: source})
            if source == _TYPED and value:
                st.session_state[_OWN] = value[:MOST_CHARACTERS]
            if source == _TEST and (number := in_address.number(value)) is not None:
                st.session_state[_ROW] = number - 1
