"""The picture of a model reading a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.architectures import stages_of
from seqcore.plots.line_image import image_element
from seqcore.plots.reading import ReadText, draw_reading
from seqcore.ui.pages.guide.example import Example


def draw_reading_of(example: Example, words: Sequence[str]) -> None:
    """Draw it; an architecture that declares no stages has none."""
    st.header("How it reads", anchor="reading")
    stages = stages_of(example.architecture, example.sizes, example.options)
    drawn = draw_reading(stages, ReadText(words, example.classes, example.architecture.color))
    if drawn is None:
        st.caption("There is no picture of this one." if words else "Type a sentence to see how it is read.")
        return
    st.caption(_told(example))  # above the picture, which comes later and would push it down
    st.html(image_element(drawn.svg, alt=drawn.alt, look="seqlab-reading"))


def _told(example: Example) -> str:
    if example.architecture.fit == "closed_form":
        return "Counts are all that is kept."
    stages = stages_of(example.architecture, example.sizes, example.options)
    recurrent = next((stage for stage in stages if stage.kind == "recurrent"), None)
    said = ["Squares stand for the numbers of a vector."]
    if recurrent is not None:
        ways = (
            "All cells of one direction are one and the same"
            if recurrent.both_ways
            else "All cells are one and the same"
        )
        said.insert(0, f"{ways}, with the same weights at every word.")
        said += ["Dashed is what goes backwards."] if recurrent.both_ways else []
    return " ".join(said)
