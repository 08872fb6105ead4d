"""A closer look at one model's attention: its weights moved by hand, and its sums step by step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from seqcore.inspections.attention_step import ATTENTION_STEP
from seqcore.ui.pages.look.attention.moved import draw_moved
from seqcore.ui.pages.look.attention.step_weights import Look
from seqcore.ui.pages.look.one_of import one_of
from seqcore.ui.pages.look.room import Room
from seqcore.ui.session.attention_steps import draw_attention_steps
from seqcore.ui.session.header import guard


def draw_closer(room: Room, looks: Sequence[Look]) -> None:
    """One model of those that look, chosen here.

    Args:
        room: Which text.
        looks: At least one.
    """
    st.header("A closer look", anchor=False)
    look = one_of("Model", looks, "look-attention-run", [room.labels[each.run.id] for each in looks])
    st.subheader("What if it looked elsewhere?", anchor=False)
    with guard():
        draw_moved(room, look)
    st.subheader("Step through it", anchor=False)
    with guard():
        ask = partial(room.ask, ATTENTION_STEP, look.run)
        draw_attention_steps(look.run, room.text, ask, key="look-attention")
