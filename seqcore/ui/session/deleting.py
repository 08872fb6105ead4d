"""The button that deletes, wherever it stands: after a second press."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.session.header import guard


def draw_delete(key: str, what: str, delete: Callable[[], None]) -> None:
    """A button that deletes after a second press."""
    with st.popover("Delete", icon=":material/delete:", key=f"delete-{key}", type="tertiary"), guard():
        st.markdown(f"**{escape_markdown(what, 120)}** will be deleted permanently, including what was trained.")
        if st.button("Yes, delete", type="primary", key=f"confirm-{key}"):
            delete()
            st.rerun()
