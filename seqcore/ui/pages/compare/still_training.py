"""A line about the models that are still training, which brings the page up to date when one is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.errors import NotFoundError
from seqcore.store import DONE
from seqcore.ui.kit.phrases import count
from seqcore.ui.session import shared

if TYPE_CHECKING:
    from seqcore.store import Experiment


def draw_still_training(experiment: Experiment) -> None:
    """Say how many models are still training, and draw the page again when one is done."""
    before = _still_training(experiment)
    if not before:
        return

    @st.fragment(run_every=2.0)
    def watch() -> None:
        now = _still_training(experiment)
        if now < before:
            st.rerun()
        st.caption(f":material/hourglass_top: {count(now, 'model')} still training; this page follows.")

    watch()


def _still_training(experiment: Experiment) -> int:
    try:
        runs = shared.get_store().runs.of(experiment.workspace, experiment.id)
    except NotFoundError:
        return 0
    return sum(run.state not in DONE for run in runs)
