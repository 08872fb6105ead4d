"""A choice that stands in the page's address: a reload finds it again, and Back leaves the page or undoes it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from seqcore.ui.kit.component import Component

_SCRIPT = Path(__file__).with_name("address.js").read_text(encoding="utf-8")
_COMPONENT = Component("seqlab_address", html="<span hidden></span>", js=_SCRIPT)


def keep_in_address(name: str, value: str | None, *, key: str | None = None, after: str | None = None) -> None:
    """Let the address say it; None takes it out.

    Args:
        name: Of the query parameter.
        value: Any text.
        key: Tells two changes of one name on a page apart.
        after: What was chosen before, where that is to be a step in the browser's history: Back returns to it.
    """
    with st.container(key=f"address-of-{key or name}"):
        _COMPONENT(key=f"address-{key or name}", data={"name": name, "value": value, "after": after})
