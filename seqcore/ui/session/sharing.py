"""Links: whoever holds one sees what it names and can change nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from seqcore.lab.share import linked_experiment, may_change
from seqcore.ui.people.workspaces import Mode
from seqcore.ui.session import again, header, shared, state

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from seqcore.store import Dataset, Experiment


def is_ours(thing: Experiment | Dataset) -> bool:
    """Whether it lies in this session's own workspace."""
    return may_change(state.workspace(), thing)


def find_experiment(experiment_id: str) -> Experiment:
    """The experiment that a link names, whosever it is.

    Raises:
        NotFoundError: there is none of that id.
    """
    return linked_experiment(shared.get_store(), experiment_id)


def draw_notice(experiment: Experiment) -> None:
    """Say that an experiment is somebody else's, when it is, and lead on to one's own."""
    if is_ours(experiment):
        return
    with _notice("You can look at it, not change it."):
        if st.button("Train your own", icon=":material/add:", key="train-own", type="tertiary"):
            _open_form_of(experiment)
            header.go("train")


def _open_form_of(experiment: Experiment) -> None:
    """Its data, models and settings become the start of one's own training."""
    runs = [run for run in shared.get_store().runs.of(experiment.workspace, experiment.id) if not run.problem]
    if runs:
        again.open_form(experiment, runs)
    state.set_current_dataset(experiment.dataset_id)
    state.memory().setting_up = True


def draw_dataset_notice(dataset: Dataset) -> None:
    """Say that a data set is somebody else's, when it is."""
    if not is_ours(dataset):
        _notice("Train on it, and a copy becomes yours.")


def draw_link(experiment: Experiment) -> None:
    """The link of one's own experiment, to give away."""
    if is_ours(experiment):
        _draw_link(
            "experiment", experiment.id, "sees this experiment with its texts and models, and can train on a copy"
        )


def draw_dataset_link(dataset: Dataset) -> None:
    """The link of one's own data set, to give away."""
    if is_ours(dataset):
        _draw_link("dataset", dataset.id, "sees these texts and can train on a copy of them")


def _notice(what: str) -> DeltaGenerator:
    line = st.container(horizontal=True, vertical_alignment="center", gap="small", key="shared-with-you")
    line.badge("Shared with you", icon=":material/group:", color="violet")
    line.caption(what, width="content")
    return line


def _draw_link(name: str, value: str, what: str) -> None:
    mode = state.belongs_to().mode
    if mode is Mode.PERSONAL:  # nobody else could follow it
        return
    with st.popover("Share", icon=":material/link:", key="share", type="tertiary"):
        login = " They log in first." if mode is Mode.OIDC else ""
        st.markdown(f"Whoever has this link {what}. They can change nothing.{login}")
        st.code(f"{st.context.url or ''}?{urlencode({name: value})}", language=None, wrap_lines=True)
