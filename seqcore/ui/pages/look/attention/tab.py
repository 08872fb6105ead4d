"""Attention: where the models that have it look, step by step, layer by layer, head by head."""

from __future__ import annotations

import streamlit as st

from seqcore.inspections import get_inspection
from seqcore.inspections.attention import ATTENTION
from seqcore.inspections.attention_matrix import ATTENTION_MATRIX
from seqcore.inspections.attention_step import ATTENTION_STEP
from seqcore.inspections.heads import HEADS
from seqcore.inspections.rollout import ROLLOUT
from seqcore.ui.pages.look import downloads
from seqcore.ui.pages.look.attention import heads_view, step_weights
from seqcore.ui.pages.look.attention.closer import draw_closer
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.session import questions
from seqcore.ui.session.header import guard


def draw_attention(room: Room) -> None:
    """The text shaded once for each model, the greatest weights as bars, and a transformer's matrices."""
    looks = []
    for number, run in enumerate(room.able(ATTENTION)):
        with guard():
            look = step_weights.look_at(room, get_inspection(ATTENTION), run)
            step_weights.draw_look(look, number)
            looks.append(look)
    if not looks:
        return
    draw_how_to_read(ATTENTION)
    downloads.draw_downloads(looks)
    st.header("Top tokens", anchor=False)
    step_weights.draw_bars(looks)
    for number, look in enumerate(looks):
        if look.opened is not None:
            heads_view.draw_opened(room, look.run, look.opened, number)
    if any(look.opened is not None for look in looks):
        draw_how_to_read(HEADS, ATTENTION_MATRIX, ROLLOUT)
    able, _ = questions.who_can_answer(get_inspection(ATTENTION_STEP), [look.run for look in looks])
    closer = [look for look in looks if look.run in able]
    if closer:
        draw_closer(room, closer)
