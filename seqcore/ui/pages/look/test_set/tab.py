"""Over the test set: words that draw most, and rows in which two models, or two maps, disagree most."""

from __future__ import annotations

import streamlit as st

from seqcore.ui.pages.look.room import Room
from seqcore.ui.pages.look.test_set.drawn_words import draw_words
from seqcore.ui.pages.look.test_set.maps_apart import draw_maps_apart
from seqcore.ui.pages.look.test_set.models_apart import draw_models_apart

_PARTS = {
    "Words that draw most": draw_words,
    "Where models disagree": draw_models_apart,
    "Where attention and attribution disagree": draw_maps_apart,
}


def draw_over_texts(room: Room) -> None:
    """One of the three questions, whose answer is about all test texts."""
    names = list(_PARTS)
    part = st.segmented_control(
        "Over the test set", names, default=names[0], required=True, label_visibility="collapsed", wrap=True,
        key="look-over", persist_state="session",
    )  # fmt: skip
    st.caption("This is about the models and their test texts, whatever text stands above.")
    _PARTS[part](room)
