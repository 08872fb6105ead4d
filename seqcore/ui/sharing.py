"""Links: whoever holds one sees what it names and can change nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from seqcore.ui import cached, header, state
from seqcore.ui.workspaces import Mode

if TYPE_CHECKING:
    from seqcore.store import Dataset, Experiment


def is_ours(thing: Experiment | Dataset) -> bool:
    """Whether it lies in this session's own workspace."""
    return thing.workspace == state.workspace()


def find_experiment(experiment_id: str) -> Experiment:
    """The experiment that a link names, whosever it is: its id cannot be guessed, so holding it is the permission.

    Raises:
        NotFoundError: there is none of that id.
    """
    return cached.get_store().find_experiment(experiment_id)


def draw_about(experiment: Experiment) -> None:
    """Say that an experiment is somebody else's, or offer the link of one's own."""
    if is_ours(experiment):
        draw_link(
            {"experiment": experiment.id}, "Whoever has this link sees this experiment with its test texts and models."
        )
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="shared-with-you"):
        st.badge("Shared with you", icon=":material/group:", color="violet")
        st.caption("You can look at it, not change it.", width="content")
        if st.button("Train your own", icon=":material/add:", key="train-own", type="tertiary"):
            state.remember("setting_up", True)
            header.go("train")


def draw_dataset_about(dataset: Dataset) -> None:
    """The same for a data set."""
    if is_ours(dataset):
        draw_link({"dataset": dataset.id}, "Whoever has this link sees these texts and can train on a copy of them.")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="shared-with-you"):
        st.badge("Shared with you", icon=":material/group:", color="violet")
        st.caption("Train on it, and a copy becomes yours.", width="content")


def draw_link(parameters: Mapping[str, str], what: str) -> None:
    """A button that shows a link to copy, where others could follow it."""
    mode = state.belongs_to().mode
    if mode is Mode.PERSONAL:
        return
    with st.popover("Share", icon=":material/link:", key="share", type="tertiary"):
        login = " They log in first." if mode is Mode.OIDC else ""
        st.markdown(f"{what} They can change nothing.{login}")
        st.code(f"{st.context.url or ''}?{urlencode(parameters)}", language=None, wrap_lines=True)
