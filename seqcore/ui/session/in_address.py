"""What a page shows (a tab, a text, a model), in its address: a reload, a link and Back find it again."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from seqcore.ui import compat
from seqcore.ui.components.address import keep_in_address
from seqcore.ui.session import state

TAB, TEXT, MODEL, TERM = "tab", "text", "model", "term"
MODELS, ROW, CLASS, STEP, EPOCH = "models", "row", "class", "step", "epoch"
EDIT, BESIDE, RACE = "edit", "beside", "race"
_ALL = frozenset({TAB, TEXT, MODEL, TERM, MODELS, ROW, CLASS, STEP, EPOCH, EDIT, BESIDE, RACE})
_DIGITS = 9  # of a number
_LONGEST = 2_000  # as it stands in an address: servers and proxies refuse much longer ones


def arrive(page: str) -> None:
    """Say which page is drawn; whoever comes to it from elsewhere, or by Back, brings an address that may say more."""
    memory = state.memory()
    if memory.page != page or compat.came_by_history():
        memory.page, memory.unread, memory.stepped = page, set(_ALL), {}


def take(name: str) -> str | None:
    """What the address said when one came to this page; None when it said nothing, or was asked before.

    From then on the page knows better than its address, which follows it.
    """
    unread = state.memory().unread
    if name not in unread:
        return None
    unread.discard(name)
    return st.query_params.get(name) or None


def take_number(name: str) -> int | None:
    """The same where a number, 0 or more, is meant; None where it is none, or longer than any that we write."""
    return number(take(name) or "")


def number(written: str) -> int | None:
    """A number, 0 or more, as an address has it; None where it is none, or longer than any that we write."""
    return int(written) if written.isdecimal() and len(written) <= _DIGITS else None


def keep(name: str, value: str | None) -> None:
    """Let the address say what is shown, as far as there is room for it; None takes it out."""
    keep_in_address(name, _fitting(value))


def keep_step(name: str, value: str) -> None:
    """The same of something that changes all of a page: Back returns to what was chosen before."""
    stepped = state.memory().stepped
    keep_in_address(name, value, after=stepped.get(name, value))
    stepped[name] = value


def _fitting(value: str | None) -> str | None:
    return value if value is not None and len(quote(value, errors="replace")) <= _LONGEST else None
