"""Attention along time: where each model that has some looks, head by head."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from seqcore import plots
from seqcore.inspections.attention import ATTENTION, AttentionAnswer, AttentionRequest
from seqcore.ui.kit.escape import escape_markdown
from seqcore.ui.pages.look.moments import drawn
from seqcore.ui.pages.look.moments.mattered import said_of
from seqcore.ui.pages.look.room import Room, draw_how_to_read
from seqcore.ui.session.header import guard

_MOST_HEADS = 48


def draw_attention(room: Room) -> None:
    """The example above the shares of attention, and those of every head of a transformer."""
    able = room.able(ATTENTION)
    for number, run in enumerate(able):
        label = room.labels[run.id]
        st.header(escape_markdown(label, 60), anchor=False)
        with guard():
            found: AttentionAnswer = room.ask(ATTENTION, run, AttentionRequest.model_validate(room.example.asked))
            picture = drawn.picture_for(room, run)
            st.markdown(said_of(room, found))
            drawn.draw_notes(label, found.notes)
            if not found.tokens:
                continue
            weights = np.array([step.weight for step in found.tokens])
            strips = [plots.Strip("Share of the attention", weights, signed=False)]
            if found.matrix is not None:
                strips.append(_heads(found.matrix))
            places = [(step.start, step.end) for step in found.tokens]
            beneath = plots.Beneath(strips, marked=plots.along_picture(picture, drawn.spans_that_matter(room), places))
            drawn.draw(picture, beneath, key=f"attention-{number}", title=f"Where {label} looks")
            drawn.draw_table(picture, beneath, key=f"attention-{number}")
    if able:
        draw_how_to_read(ATTENTION, kind=room.example.data.kind)


def _heads(matrix: NDArray[np.float32]) -> plots.Strip:
    """What each head of each layer looks at, the mean over the steps that look."""
    layers, heads = matrix.shape[:2]
    received = matrix.mean(axis=2).reshape(layers * heads, -1)[:_MOST_HEADS]
    rows = [f"layer {layer + 1}, head {head + 1}" for layer in range(layers) for head in range(heads)]
    return plots.Strip(
        "Each head, mean over the steps that look", received, signed=False, rows=tuple(rows[:_MOST_HEADS])
    )
