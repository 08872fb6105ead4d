"""Models that still train: who they are, and one text that is watched while the first of an experiment learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.analysis.run_names import labels_of
from seqcore.inspections import get_inspection
from seqcore.inspections.prediction import PREDICT
from seqcore.ui.kit.escape import shorten
from seqcore.ui.pages.look.room import Room
from seqcore.ui.pages.look.training.tab import draw_over_training
from seqcore.ui.session import in_address, questions, results, shared, state
from seqcore.ui.session.text_box import draw_text_box

if TYPE_CHECKING:
    from seqcore.store import Experiment, Run

_WORKED_ON = ("training", "evaluating")
_MOST = 6  # side by side: each is asked after every epoch


def growing_runs(experiment: Experiment | None) -> list[Run]:
    """Runs of texts that train now and can be asked after the epochs that they have kept; the first six."""
    if experiment is None:
        return []
    runs = shared.get_store().runs.of(experiment.workspace, experiment.id)
    going = [run for run in runs if run.state in _WORKED_ON and not run.problem]
    able, _ = questions.who_can_answer(get_inspection(PREDICT), going)
    return able[:_MOST]


def draw_first_training(experiment: Experiment, growing: list[Run]) -> None:
    """What the first models of an experiment make of a text after each epoch, while there is no finished one yet."""
    known = state.memory().look_text
    text = draw_text_box(
        "look-text", at_first=shorten(results.texts(experiment)[0], 1000) if known is None else known,
        given=in_address.take(in_address.TEXT), placeholder="Type or paste a text", help="Press Ctrl+Enter to look.",
    )  # fmt: skip
    state.memory().look_text = text
    in_address.keep(in_address.TEXT, text)
    if not text.strip():
        st.caption("Type a text to see what the models make of it.")
        return
    questions.wait_for_engine()
    draw_over_training(Room(experiment, [], [], [], labels_of(growing), text, None, growing=growing))
