"""The way from trainings on parts of the rows to the experiment whose models they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import NotFoundError
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.pages.compare import open_tab
from seqcore.ui.session import sharing, state

if TYPE_CHECKING:
    from seqcore.store import Experiment


def draw_origin(experiment: Experiment, tab: str) -> None:
    """Say what these trainings are for, and lead to the tab that shows it."""
    try:
        origin = sharing.find_experiment(experiment.origin)
    except NotFoundError:
        st.info(
            "These models learned from parts of the training rows, to see how much data is needed. The experiment with "
            "the models that learned from all of them was deleted, or is not shared with you: there is nothing to hold "
            "them against.",
            icon=":material/stacked_line_chart:",
        )
        return
    st.info(
        "These models learned from parts of the training rows, to see how much data is needed: no rivals, but points "
        f"of the curves of **{escape_markdown(origin.name, 80)}**.",
        icon=":material/stacked_line_chart:",
    )
    st.button(
        "Show the curves", icon=":material/arrow_forward:", type="primary", key="to-origin", on_click=_open,
        args=(origin, tab),
    )  # fmt: skip


def _open(origin: Experiment, tab: str) -> None:
    state.set_current_experiment(origin.id)
    state.memory().compare_tab = tab
    st.session_state[open_tab.KEY] = tab
