"""Which tab of Look inside is open: found again by a link, a reload, Back, and after a visit to other pages."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.ui.session import in_address, state

KEY = "look-tab"
WHAT_MATTERED = "What mattered"  # the tab that a text is looked at in


def choose(tabs: Sequence[str]) -> str:
    """The tab that the address names, else the one of last time, else the first; the address follows the choice."""
    wanted = in_address.take(in_address.TAB)
    if sent := state.memory().look_tab:  # by another page
        wanted, state.memory().look_tab = sent, None
    if wanted in tabs:
        st.session_state[KEY] = wanted
    shown = st.segmented_control(
        "What to look at", tabs, default=tabs[0], required=True, label_visibility="collapsed", key=KEY,
        persist_state="session", wrap=True,
    )  # fmt: skip
    in_address.keep(in_address.TAB, None if shown == tabs[0] else shown)
    return shown
