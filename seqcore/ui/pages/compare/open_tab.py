"""Which tab of Compare is open: found again by a link, a reload, Back, and after a visit to other pages."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from seqcore.ui.session import in_address, state

KEY = "compare-tabs"
_FORMER = {"Classes": "Slices"}  # links of before, to what is called otherwise now


def choose(tabs: Collection[str]) -> None:
    """Open what the address says, else what was open last; called before the tabs are drawn."""
    wanted = in_address.take(in_address.TAB) or (None if KEY in st.session_state else state.memory().compare_tab)
    wanted = _FORMER.get(str(wanted), wanted)
    if wanted in tabs:
        st.session_state[KEY] = wanted


def keep(tabs: Collection[str]) -> None:
    """Let the address say which is open; of the first one it says nothing."""
    shown = str(st.session_state.get(KEY, ""))
    if shown in tabs:
        state.memory().compare_tab = shown
        in_address.keep(in_address.TAB, None if shown == next(iter(tabs)) else shown)
