"""A box for a text of one's own that never takes back what somebody types into it."""

from __future__ import annotations

import streamlit as st

MOST_CHARACTERS = 20_000
_HEIGHT = 110


def draw_text_box(key: str, *, at_first: str, given: str | None, placeholder: str, help: str | None = None) -> str:
    """The text that stands in it.

    What it begins with is its default, not a value that is set: a value set by the server reaches the browser after
    the box does, and would replace what was typed in between.

    Args:
        key: Of the box.
        at_first: What it begins with: what was typed last, before the box was left for another page.
        given: What a link brings; it wins over both.
        placeholder: Shown while it is empty.
        help: How one goes on.
    """
    if given and key in st.session_state:  # it is drawn already, so this is a change
        st.session_state[key] = given[:MOST_CHARACTERS]
    return st.text_area(
        "Your text", (given or at_first)[:MOST_CHARACTERS], height=_HEIGHT, max_chars=MOST_CHARACTERS,
        placeholder=placeholder, help=help, key=key, persist_state="session",
    )  # fmt: skip
