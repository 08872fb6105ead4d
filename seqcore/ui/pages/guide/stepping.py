"""Stepping through the sentence with the run's own numbers."""

from __future__ import annotations

import streamlit as st

from seqcore.architectures import stages_of
from seqcore.ui.pages.guide.example import Example
from seqcore.ui.session.step_through import can_step_through, draw_step_through


def draw_stepping(example: Example, text: str) -> None:
    """Offer it where the page shows a run of recurrent cells; the model is loaded only when it is asked for."""
    stages = stages_of(example.architecture, example.sizes, example.options)
    recurrent = next((stage for stage in stages if stage.kind == "recurrent"), None)
    if example.run is None or recurrent is None or not text.strip() or not can_step_through(example.run):
        return
    st.header("Step through it", anchor="step-through")
    if st.toggle("Step through your sentence with the numbers of your own model", key="guide-stepping"):
        layers = int(getattr(example.options, "layers", 1))
        draw_step_through(example.run, text, both_ways=recurrent.both_ways, layers=layers, key="guide-cell")
