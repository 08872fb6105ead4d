"""Stepping through the sentence with the run's own numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.architectures import stages_of
from seqcore.inspections import get_inspection
from seqcore.inspections.attention_step import ATTENTION_STEP
from seqcore.inspections.cell_step import CELL_STEP
from seqcore.lab.ask import why_not
from seqcore.ui.pages.guide.example import Example
from seqcore.ui.session import in_address, questions, sitemap, state
from seqcore.ui.session.attention_steps import can_step_through_attention, draw_attention_steps
from seqcore.ui.session.step_through import can_step_through, draw_step_through

if TYPE_CHECKING:
    from seqcore.store import Run

_CELL, _ATTENTION = "Its cell", "Its attention"
_ALONG = "Reading along"  # the tab of Look inside


def draw_stepping(example: Example, text: str) -> None:
    """Offer it where the page shows a run that can be stepped through; the model is loaded only when asked for."""
    parts = _parts(example.run)
    if example.run is None or not text.strip():
        return
    st.header("Step through it", anchor="step-through")
    if not parts:
        _lead_on(example, example.run, text)
        return
    if not st.toggle("Step through your sentence with the numbers of your own model", key="guide-stepping"):
        return
    part = parts[0]
    if len(parts) > 1:
        part = st.segmented_control("Part", parts, default=parts[0], required=True, key="guide-part")
    if part == _CELL:
        _draw_cell(example, example.run, text)
        return
    questions.wait_for_engine()
    draw_attention_steps(
        example.run, text, partial(questions.ask, ATTENTION_STEP, example.run.id), key="guide-attention"
    )


def _lead_on(example: Example, run: Run, text: str) -> None:
    """Say why there is nothing to step through, and what there is instead: the same sentence, word by word."""
    reason = why_not(get_inspection(CELL_STEP), run)
    st.markdown(f"The {example.architecture.label} {reason}, so there is nothing to step through.")
    st.page_link(
        sitemap.page("attention"), label="See what it answers word by word",
        icon=":material/play_arrow:",
        query_params={
            **state.link_parameters(), "experiment": run.experiment_id, in_address.TAB: _ALONG,
            in_address.MODELS: run.id, in_address.TEXT: text,
        },
    )  # fmt: skip


def _parts(run: Run | None) -> list[str]:
    if run is None:
        return []
    able = {_CELL: can_step_through(run), _ATTENTION: can_step_through_attention(run)}
    return [part for part, can in able.items() if can]


def _draw_cell(example: Example, run: Run, text: str) -> None:
    stages = stages_of(example.architecture, example.sizes, example.options)
    recurrent = next((stage for stage in stages if stage.kind == "recurrent"), None)
    both_ways = recurrent is not None and recurrent.both_ways
    layers = int(getattr(example.options, "layers", 1))
    draw_step_through(run, text, both_ways=both_ways, layers=layers, key="guide-cell")
