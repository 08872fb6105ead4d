"""One word of a text after the other: by pressing it, or one forward, or one back; the address says which."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session import in_address

_LISTED = 80  # words that one can go to by a press


def choose_word(tokens: Sequence[str], key: str, *, backwards: bool = False) -> int:
    """The word that is looked at, from 0.

    Args:
        tokens: At least one.
        key: Prefix of the controls' keys.
        backwards: Whether one goes on to the left.
    """
    name, last = _name(key), len(tokens) - 1
    given = in_address.take_number(in_address.STEP)
    if given is not None:
        go_to(key, max(given - 1, 0))
    now = min(int(st.session_state.get(name) or 0), last)
    st.session_state[name] = now
    listed = list(range(min(len(tokens), _LISTED)))
    first, second = ("Next", "Back") if backwards else ("Back", "Next")
    st.pills(
        "Word", listed if now in listed else [*listed, now], key=name, required=True, label_visibility="collapsed",
        format_func=lambda place: escape_markdown(tokens[place], 24),
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        st.button(
            first, icon=":material/arrow_back:", key=f"{key}-left", disabled=now == 0,
            on_click=go_to, args=(key, now - 1),
        )  # fmt: skip
        st.button(
            second, icon=":material/arrow_forward:", key=f"{key}-right", disabled=now == last, icon_position="right",
            on_click=go_to, args=(key, now + 1),
        )  # fmt: skip
    return now


def go_to(key: str, place: int) -> None:
    """Let the steps under that key stand at a word, from 0; before they are drawn."""
    st.session_state[_name(key)] = place


def keep_word(place: int) -> None:
    """Let the address say which word is looked at; after everything that depends on it is drawn."""
    in_address.keep(in_address.STEP, str(place + 1) if place else None)


def _name(key: str) -> str:
    return f"{key}-step"
