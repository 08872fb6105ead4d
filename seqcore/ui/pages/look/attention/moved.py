"""Attention weights that are moved by hand, and what the model answers with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import streamlit as st

from seqcore.architectures import get_architecture
from seqcore.inspections import get_inspection
from seqcore.inspections.attention_changed import (
    ATTENTION_CHANGED,
    AttentionChangedRequest,
    ChangedAttention,
)
from seqcore.ui.components.answers import draw_answers
from seqcore.ui.components.weight_sliders import MOST_SLIDERS, draw_weight_sliders
from seqcore.ui.kit.escape import bold
from seqcore.ui.kit.phrases import share
from seqcore.ui.pages.look.attention.step_weights import Look
from seqcore.ui.pages.look.long_tables import moved_csv
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.pages.look.take_home import draw_numbers
from seqcore.ui.session import questions
from seqcore.ui.session.header import guard

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINTS = 100  # of a probability


def draw_moved(room: Room, look: Look) -> None:
    """The sliders of one model, and its answers before and after; or why it has none.

    Args:
        room: Which text.
        look: The model with its own weights.
    """
    able, reasons = questions.who_can_answer(get_inspection(ATTENTION_CHANGED), [look.run])
    questions.draw_who_cannot(reasons)
    if not able:
        return
    if not look.steps:
        st.caption("The model reads nothing of this text, so it has no weights to move.")
        return
    _draw_sliders(room, look)
    draw_how_to_read(ATTENTION_CHANGED)


@st.fragment
def _draw_sliders(room: Room, look: Look) -> None:
    own, layer, head = [step.weight for step in look.steps], 0, 0
    if get_architecture(look.run.architecture).attention == "heads":
        with guard():
            own, layer, head = _choose_heads(room, look)
    st.caption(_told(len(own)))
    weights = draw_weight_sliders(
        [step.token for step in look.steps], own, architecture=look.run.architecture, key=_key(room, look, own)
    )
    with guard():
        found: ChangedAttention = room.ask(
            ATTENTION_CHANGED,
            look.run,
            AttentionChangedRequest(text=room.text, weights=tuple(weights), layer=layer, head=head),
        )
        st.markdown(moved_sentence(found, is_moved=weights != own))
        named = (("its own weights", found.before), ("these weights", found.probabilities))
        answers = [
            questions.as_drawn(look.run, found.classes, each, f"With {name}", room.truth) for name, each in named
        ]
        draw_answers(answers, key="look-moved-answers")
        draw_numbers(ATTENTION_CHANGED, partial(moved_csv, room.labels[look.run.id], found))


def _choose_heads(room: Room, look: Look) -> tuple[list[float], int, int]:
    """Of a transformer, the own shares of the layer and head chosen here, and their numbers; 0: all."""
    found: ChangedAttention = room.ask(ATTENTION_CHANGED, look.run, AttentionChangedRequest(text=room.text))
    with st.container(horizontal=True, gap="large"):
        layer = _all_or_one("Layer to change", found.layers, f"look-moved-layer-{look.run.id}")
        head = _all_or_one("Head to change", found.heads, f"look-moved-head-{look.run.id}")
    if layer or head:
        asked = AttentionChangedRequest(text=room.text, layer=layer, head=head)
        found = room.ask(ATTENTION_CHANGED, look.run, asked)
    return list(found.own), layer, head


def _all_or_one(title: str, most: int, key: str) -> int:
    if most == 1:
        return 0
    return st.segmented_control(
        title, range(most + 1), default=0, required=True, key=key,
        format_func=lambda number: str(number) if number else "All",
    )  # fmt: skip


def moved_sentence(found: ChangedAttention, *, is_moved: bool) -> str:
    """In Markdown, what the model says with its own weights and with others, and whether its answer flips.

    Args:
        found: The answers.
        is_moved: Whether the weights are other ones at all.
    """
    before, after = found.before, found.probabilities
    first, second = int(before.argmax()), int(after.argmax())
    name, probability = bold(found.classes[first]), share(float(before[first]))
    if not is_moved:
        return f"With its own weights it says {name} ({probability}). Move a slider, or press a button above."
    points = _points(float(after[first] - before[first]))
    moves = f"{name} goes from {probability} to {share(float(after[first]))}, {points} points"
    if first == second:
        return f"**The answer stays.** {moves}."
    return f"**The answer flips** to {bold(found.classes[second])} ({share(float(after[second]))}). {moves}."


def _points(difference: float) -> str:
    return f"{_POINTS * difference:+.1f}".replace("-", "\N{MINUS SIGN}")


def _told(words: int) -> str:
    some = (
        f" Of {words:,} words the {MOST_SLIDERS} with the greatest weights can be moved."
        if words > MOST_SLIDERS
        else ""
    )
    return (
        "Say where it shall look, by mouse, finger or arrow keys. The weights always sum to "
        f"100\N{NO-BREAK SPACE}%: when you raise one, all others shrink in proportion.{some}"
    )


def _key(room: Room, look: Look, own: Sequence[float]) -> str:
    """Another one for another text, model or epoch: weights of one are none of another."""
    told = f"{look.run.id} {room.text}".encode(errors="replace") + np.asarray(own, np.float64).tobytes()
    return f"look-moved-{crc32(told):x}"
