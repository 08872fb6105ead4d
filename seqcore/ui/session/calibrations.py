"""What the probabilities of runs are worth, worked out once for everybody who looks."""

from __future__ import annotations

import streamlit as st

from seqcore.lab.calibrate import Calibration
from seqcore.lab.calibrate import calibration_of as worked_out
from seqcore.ui.session import shared


@st.cache_resource(show_spinner=False, max_entries=64)
def calibration_of(run_id: str) -> Calibration:
    """What a run's probabilities are worth; the run's answers never change.

    Raises:
        NotFoundError: the run has not been evaluated.
        InspectionError: its answers are damaged.
    """
    store = shared.get_store()
    return worked_out(store, store.runs.find(run_id))
