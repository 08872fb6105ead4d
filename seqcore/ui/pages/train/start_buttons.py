"""The button that starts a training, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.phrases import training_of
from seqcore.ui.session import state
from seqcore.ui.session.settings_form import draw_presets
from seqcore.ui.session.starting import start_training

if TYPE_CHECKING:
    from seqcore.lab.plan import Choices


def draw_start_buttons(chosen: Choices) -> None:
    """Train what is chosen, fill in a preset, or go back to the last training.

    Raises:
        SeqlabError: a setting is out of bounds or the data cannot be stored.
    """
    pressed = st.button(
        training_of(chosen.runs), type="primary", icon=":material/play_arrow:",
        key="train", disabled=not chosen.architectures,
        help=None if chosen.architectures else "Choose at least one model.",
    )  # fmt: skip
    draw_presets()
    if state.current_experiment_id() and st.button("Back to the last training", key="back-to-live"):
        state.memory().setting_up = False
        st.rerun()
    if pressed:
        start_training(chosen)
        st.rerun()
