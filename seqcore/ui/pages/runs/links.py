"""The links that one gave away, each with the press that takes it back."""

from __future__ import annotations

import streamlit as st

from seqcore.ui.kit.escape import bold
from seqcore.ui.kit.phrases import count
from seqcore.ui.session import giving, shared, state


def draw_links() -> None:
    """Draw them, folded; nothing where there is none."""
    store, workspace = shared.get_store(), state.workspace()
    links = store.links.all(workspace)
    if not links:
        return
    details = st.expander(
        f"{count(len(links), 'link')} to what is yours", key="links", on_change="rerun", icon=":material/link:",
    )  # fmt: skip
    if details.open:
        names = {each.id: each.name for each in store.experiments.all(workspace)}
        names |= {each.id: each.name for each in store.datasets.all(workspace)}
        with details:
            for link in links:
                what = "data set" if link.names == "dataset" else "experiment"
                giving.draw_given(link, f"{bold(names.get(link.thing_id, ''))} ({what}) · ")
