"""What others have shared: whoever holds a link sees what it shows, until it ends, and can change nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.lab import share
from seqcore.ui.session import again, header, shared, state

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from seqcore.store import Dataset, Experiment, Run


def is_ours(thing: Experiment | Dataset) -> bool:
    """Whether it lies in this session's own workspace."""
    return share.may_change(state.workspace(), thing)


def may_see(thing: Experiment | Dataset | Run) -> bool:
    """Whether this session may look at it now: its own, or what a link that it holds shows and that has not ended."""
    return share.may_see(shared.get_store(), state.viewer(), thing)


def find_experiment(experiment_id: str) -> Experiment:
    """The experiment of an id, one's own or that of a link.

    Raises:
        NotFoundError: there is none of that id, or the link has ended.
    """
    return share.seen_experiment(shared.get_store(), state.viewer(), experiment_id)


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


def _notice(what: str) -> DeltaGenerator:
    line = st.container(horizontal=True, vertical_alignment="center", gap="small", key="shared-with-you")
    line.badge("Shared with you", icon=":material/group:", color="violet")
    line.caption(what, width="content")
    return line
