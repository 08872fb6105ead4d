"""A line about the data that a training will use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.kinds import get_kind
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count
from seqcore.ui.session import header, state

if TYPE_CHECKING:
    from seqcore.datasets.labelled_data import LabelledData

_AWAITED = {
    "upload": "You opened Upload on the Data page but chose no file",
    "known": "You opened Public on the Data page but fetched nothing",
    "paste": "You opened Paste on the Data page but pasted nothing",
    "problem": "What you gave on the Data page cannot be used yet",
}


def draw_data_line(data: LabelledData) -> None:
    """Name and size of the data, and the way to choose others."""
    kind = get_kind(data.kind)
    rows, classes = count(len(data), kind.example, kind.examples), count(len(data.classes), "class", "classes")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"On **{escape_markdown(data.name, 60)}** · {rows} · {classes}", width="content")
        header.page_button("Change", "data", icon=":material/swap_horiz:", key="change-data")
    awaited = _AWAITED.get(state.memory().awaited or "")
    if awaited:
        st.warning(f"{awaited}, so models would learn from **{escape_markdown(data.name, 60)}**.")
