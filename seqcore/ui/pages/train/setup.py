"""Setting up a training: models, settings, and the button that starts it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from seqcore.lab.plan import Choices
from seqcore.ui.components.live_curves import fetch_plotly
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.kit.phrases import count
from seqcore.ui.pages.train.model_cards import choose_models, chosen_line, size_of, ticked
from seqcore.ui.session import current, header, state
from seqcore.ui.session.settings_form import draw_presets, draw_settings
from seqcore.ui.session.starting import start_training


def draw_setup() -> None:
    """Draw the page before a training: what will be trained on what, and how.

    Raises:
        SeqlabError: the data cannot be found or split.
    """
    data = current.current_data()
    _draw_data_line(data.name, len(data.texts), len(data.classes))
    cards = st.container(gap="small")
    action = st.container(horizontal=True, vertical_alignment="center", gap="small", key="train-action")
    # Settings are drawn first, because the numbers of parameters on the cards above follow from them.
    chosen = current.choices()
    chosen = draw_settings(replace(chosen, architectures=ticked(chosen)))
    with cards:
        with st.spinner("Counting words …"):
            ready = current.data_in_use(data, chosen)
        sizes = size_of(len(data.classes), ready.encoder.size, ready.encoder.longest)
        chosen = replace(chosen, architectures=choose_models(chosen, sizes))
    current.choose(chosen)
    with action:
        _draw_action(chosen)
    fetch_plotly()


def _draw_data_line(name: str, rows: int, classes: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"On **{escape_markdown(name, 60)}** · {count(rows, 'text')} · {count(classes, 'class', 'classes')}",
            width="content",
        )
        header.page_button("Change", "data", icon=":material/swap_horiz:", key="change-data")


def _draw_action(chosen: Choices) -> None:
    pressed = st.button(
        chosen_line(chosen.architectures, chosen.repeats), type="primary", icon=":material/play_arrow:", key="train",
        disabled=not chosen.architectures, help=None if chosen.architectures else "Choose at least one model.",
    )  # fmt: skip
    draw_presets()
    if state.current_experiment_id() and st.button("Back to the last training", key="back-to-live"):
        state.memory().setting_up = False
        st.rerun()
    if pressed:
        start_training(chosen)
        st.rerun()
