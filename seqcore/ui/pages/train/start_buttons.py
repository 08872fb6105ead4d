"""The button that starts a training, and what stands beside it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.kit.phrases import training_of
from seqcore.ui.session import state
from seqcore.ui.session.header import page_button
from seqcore.ui.session.settings_form import draw_presets
from seqcore.ui.session.starting import start_training

if TYPE_CHECKING:
    from seqcore.lab.plan import Choices


def draw_start_buttons(chosen: Choices, refused: Collection[str], *, is_ready: bool = True) -> None:
    """Train what is chosen, fill in a preset, or go back to the last training.

    Args:
        chosen: Models and settings.
        refused: Names of the models that do not fit in memory; the others are trained without them.
        is_ready: Whether all that a match takes is known.

    Raises:
        SeqlabError: a setting is out of bounds or the data cannot be stored.
    """
    able = replace(chosen, architectures=tuple(name for name in chosen.architectures if name not in refused))
    why_not = _why_not(chosen, able, is_ready=is_ready)
    pressed = st.button(
        training_of(len(able.architectures), len(able.every_seed)), type="primary", icon=":material/play_arrow:",
        key="train", disabled=why_not is not None, help=why_not,
    )  # fmt: skip
    beside = chosen.input.begins_with_vectors and st.button(
        "Random vs pretrained", icon=":material/compare_arrows:", key="train-beside-random",
        disabled=why_not is not None,
        help="Trains each of these models twice, from random word vectors and from the others, and compares them.",
    )  # fmt: skip
    draw_presets()
    page_button("Search for better settings", "sweep", icon=":material/tune:", key="train-to-sweep")
    if state.current_experiment_id() and st.button("Back to the last training", key="back-to-live"):
        state.memory().setting_up = False
        st.rerun()
    if pressed or beside:
        start_training(replace(chosen, beside_random=bool(beside)), leave_out=refused)
        st.rerun()


def _why_not(chosen: Choices, able: Choices, *, is_ready: bool) -> str | None:
    """Why nothing can be trained now."""
    if not chosen.architectures:
        return "Choose at least one model."
    if not able.architectures:
        return "What is chosen does not fit in memory."
    return None if is_ready else "Measure the steps of the models first."
