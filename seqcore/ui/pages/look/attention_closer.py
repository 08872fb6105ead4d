"""A closer look at one model's attention: step by step through its sums."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.inspections.attention_step import ATTENTION_STEP
from seqcore.ui.pages.look.one_of import one_of
from seqcore.ui.pages.look.room import Room
from seqcore.ui.session.attention_steps import draw_attention_steps

if TYPE_CHECKING:
    from seqcore.store import Run


def draw_closer(room: Room, runs: Sequence[Run]) -> None:
    """One model of those that look, chosen here.

    Args:
        room: Which text.
        runs: At least one.

    Raises:
        SeqlabError: the model cannot be answered.
    """
    st.header("Step through it", anchor=False)
    run = one_of("Model", runs, "look-attention-run", [room.labels[run.id] for run in runs])
    draw_attention_steps(run, room.text, partial(room.ask, ATTENTION_STEP, run), key="look-attention")
