"""The attention heatmap: the text as it was written, each token shaded and numbered by its weight."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from seqcore.inspections.segments import Segment, full_shade
from seqcore.ui.components.answers import BARS_SCRIPT, BARS_STYLE, FOLDER, ModelAnswer, as_data

_SCRIPTS = ("heatmap_picture.js", "heatmap.js")
_MOST_NUMBERED = 150  # tokens up to which the numbers are shown at first
_HEATMAP = st.components.v2.component(
    "seqlab_heatmap",
    html='<section class="look"></section>',
    css=BARS_STYLE + (FOLDER / "heatmap.css").read_text(encoding="utf-8"),
    js=BARS_SCRIPT + "".join((FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS),
)


def draw_heatmap(answer: ModelAnswer, pieces: Sequence[Segment], *, measure: str, key: str, file: str) -> None:
    """Draw one model's look at a text, with its answer beside it.

    Args:
        answer: What the model says of the text.
        pieces: The whole text in pieces.
        measure: What the weights are shares of.
        key: Of the component.
        file: Name of the PNG file, without its ending.
    """
    weighed = [piece for piece in pieces if piece.weight is not None]
    letters = sum(len(piece.text) for piece in weighed)
    data = as_data(answer) | {
        "pieces": [{"text": piece.text, "weight": piece.weight, "known": piece.known} for piece in pieces],
        "full": full_shade(pieces),
        "count": len(weighed),
        # Numbers under single characters would tear the words apart.
        "numbered": 0 < len(weighed) <= _MOST_NUMBERED and letters > 1.6 * len(weighed),
        "measure": measure,
        "file": file,
    }
    _HEATMAP(key=key, data=data)
