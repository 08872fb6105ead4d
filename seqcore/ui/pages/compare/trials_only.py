"""In place of a comparison where the models are trials of a sweep: what they scored on the validation texts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.lab.sweep.so_far import ABOUT_TRIALS, sweep_so_far
from seqcore.ui.kit.trials import draw_trial_table, draw_trials
from seqcore.ui.session import shared, sharing, state
from seqcore.ui.session.header import go

if TYPE_CHECKING:
    from seqcore.store import Experiment


def draw_trials_only(experiment: Experiment) -> bool:
    """Draw it, with the way to the models that are judged; False, and nothing, where the models are no trials."""
    store = shared.get_store()
    record = store.sweeps.of_trials(experiment.id)
    if record is None:
        return False
    st.info(ABOUT_TRIALS, icon=":material/tune:")
    with st.container(horizontal=True, gap="small"):
        final = record.final_experiment_id
        if final and st.button(
            "Compare those that are judged", type="primary", icon=":material/leaderboard:", key="to-judged"
        ):
            state.set_current_experiment(final)
            st.rerun()
        if sharing.is_ours(experiment) and st.button("Open the sweep", icon=":material/tune:", key="to-sweep"):
            state.memory().sweep = record.id
            go("sweep")
    if record.is_open and not final:
        st.caption("The best settings and those that the sweep began with are judged when it is over.")
    found = sweep_so_far(store, record)
    draw_trials(found, "compare")
    draw_trial_table(found)
    return True
