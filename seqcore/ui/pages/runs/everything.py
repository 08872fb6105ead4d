"""Delete all my data: what a workspace has, counted, and gone after a second press."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.lab.erase import erase_workspace
from seqcore.ui.components.begin_anew import begin_anew
from seqcore.ui.kit.phrases import count, in_words
from seqcore.ui.people.workspaces import Mode
from seqcore.ui.session import header, shared, state, still_there

if TYPE_CHECKING:
    from seqcore.store.erasure import Holdings

_WHOSE = {
    Mode.PERSONAL: "It is what everybody has here who uses this machine's own workspace.",
    Mode.BROWSER: "This browser then gets a new key and begins as one that was never here.",
    Mode.OIDC: "You are logged out then; logging in again begins with nothing.",
}


def draw_delete_everything() -> None:
    """The button, with what goes; none where there is nothing."""
    there = shared.get_store().erasure.holdings(state.workspace())
    if not there:
        return
    with st.popover("Delete all my data", icon=":material/delete_forever:", key="delete-everything", type="tertiary"):
        st.markdown(f"**{_listed(there)}** will be deleted permanently, with every model, file and number of theirs.")
        st.caption(f"What still trains is stopped. {_WHOSE[state.belongs_to().mode]}")
        if st.button("Yes, delete everything", type="primary", key="confirm-everything"):
            with header.guard():
                _delete()


def _delete() -> None:
    visitor = state.belongs_to()
    with still_there.forgetting_experiments(visitor.workspace):
        erase_workspace(shared.get_store(), visitor.workspace, engine=shared.running_engine())
    state.forget_everything()
    if visitor.mode is Mode.OIDC:
        st.logout()
    if visitor.mode is Mode.BROWSER:
        shared.fresh_starts().leave(visitor.workspace)
    begin_anew()
    st.caption("Everything was deleted. If this page does not begin anew by itself, reload it.")
    st.stop()


def _listed(there: Holdings) -> str:
    counted = (
        count(there.datasets, "data set"), count(there.experiments, "experiment"), count(there.runs, "run"),
        count(there.sweeps, "sweep"), count(there.links, "link"),
    )  # fmt: skip
    return in_words([each for each in counted if not each.startswith("0 ")])
