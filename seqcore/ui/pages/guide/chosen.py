"""Which architecture the page is about."""

from __future__ import annotations

import streamlit as st

from seqcore.architectures import Architecture, architectures
from seqcore.ui.kit.swatch import swatch
from seqcore.ui.session import in_address
from seqcore.ui.session.words import explained

_KEY = "guide-model"


def choose_architecture() -> Architecture:
    """The one that the address names, that was looked at last, or the first."""
    known = {each.name: each for each in architectures()}
    given = in_address.take(in_address.MODEL)
    if given in known:
        st.session_state[_KEY] = given
    name = st.pills(
        "Model", list(known), default=next(iter(known)), required=True, label_visibility="collapsed",
        format_func=lambda each: known[each].label, key=_KEY, persist_state="session",
    )  # fmt: skip
    return known[name or next(iter(known))]


def keep_in_address(architecture: Architecture, text: str) -> None:
    """Let the address say what is shown; called last, for what waits for a script hides what comes below it."""
    in_address.keep_step(in_address.MODEL, architecture.name)
    in_address.keep(in_address.TEXT, text or None)


def draw_idea(architecture: Architecture) -> None:
    """Its line, its name and its idea."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        swatch(architecture.name)
        st.header(architecture.label, anchor=False, width="content")
        if architecture.attention != "none":
            st.badge("shows its attention", icon=":material/visibility:", color="violet")
    st.markdown(explained(architecture.idea))
