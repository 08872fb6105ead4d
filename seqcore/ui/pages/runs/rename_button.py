"""The button that gives an experiment or a run another name."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from seqcore.ui.session.header import guard


def draw_rename(key: str, now: str, rename: Callable[[str], None]) -> None:
    """Draw it.

    Args:
        key: Tells it from the others on the page.
        now: The name that it has.
        rename: Called with the new one.
    """
    with (
        st.popover("Rename", icon=":material/edit:", key=f"rename-{key}", type="tertiary"),
        st.form(f"form-{key}", border=False),
        guard(),
    ):
        name = st.text_input("Name", value=now, max_chars=120, key=f"name-{key}")
        if st.form_submit_button("Save", type="primary") and name.strip():
            rename(name)
            st.rerun()
