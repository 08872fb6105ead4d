"""Over the test set of moments: rows in which two models disagree most, and maps beside what is known to matter."""

from __future__ import annotations

import streamlit as st

from seqcore.errors import SeqlabError
from seqcore.inspections import get_inspection
from seqcore.inspections.ground_truth import GROUND_TRUTH, GroundTruthAnswer, GroundTruthRequest
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.pages.look.maps import methods_for
from seqcore.ui.pages.look.moments import drawn
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.test_set.models_apart import draw_models_apart
from seqcore.ui.session import results
from seqcore.ui.session.header import show_problem

_ROWS = 100  # that a map is made of, at most


def draw_over_examples(room: Room) -> None:
    """Where models disagree; and how much of each map lies on the moments that matter, where the data say which."""
    kind = results.kind_of(room.experiment)
    st.caption(f"This is about the models and their test {kind.examples}, whichever {kind.example} stands above.")
    st.header("Where models disagree", anchor=False)
    draw_models_apart(room)
    if not drawn.are_known(room):
        return
    st.header("Maps beside what is known to matter", anchor=False)
    if not st.toggle(f"Hold the maps of up to {_ROWS} test {kind.examples} against the truth", key="look-truth"):
        return
    for run in room.shown:
        for name in methods_for(run):
            request = GroundTruthRequest.model_validate({"method": name, "most": _ROWS})
            try:
                with st.spinner(f"Asking {escape_markdown(room.labels[run.id], 40)} …"):
                    found: GroundTruthAnswer = room.ask(GROUND_TRUTH, run, request)
            except SeqlabError as error:
                show_problem(error)
                continue
            title = f"{room.labels[run.id]}, {get_inspection(name).label.lower()}"
            st.markdown(f"- **{escape_markdown(title, 80)}:** {found.sentence}")
    draw_how_to_read(GROUND_TRUTH, kind=kind.name)
