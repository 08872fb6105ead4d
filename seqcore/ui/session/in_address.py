"""What a page shows (a tab, a text, a model), in its address: a reload, a link and Back find it again."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from seqcore.ui.components.address import keep_in_address
from seqcore.ui.session import state

TAB, TEXT, MODEL, TERM = "tab", "text", "model", "term"
MODELS, ROW, CLASS, STEP = "models", "row", "class", "step"
_ALL = frozenset({TAB, TEXT, MODEL, TERM, MODELS, ROW, CLASS, STEP})
_LONGEST = 2_000  # as it stands in an address: servers and proxies refuse much longer ones


def arrive(page: str) -> None:
    """Say which page is drawn; whoever comes to it from elsewhere may bring an address that says what to show."""
    memory = state.memory()
    if memory.page != page:
        memory.page, memory.unread = page, set(_ALL)


def take(name: str) -> str | None:
    """What the address said when one came to this page; None when it said nothing, or was asked before.

    From then on the page knows better than its address, which follows it.
    """
    unread = state.memory().unread
    if name not in unread:
        return None
    unread.discard(name)
    return st.query_params.get(name) or None


def keep(name: str, value: str | None) -> None:
    """Let the address say what is shown, as far as there is room for it; None takes it out."""
    fits = value is not None and len(quote(value, errors="replace")) <= _LONGEST
    keep_in_address(name, value if fits else None)
