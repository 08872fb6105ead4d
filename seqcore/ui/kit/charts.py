"""A picture on a page: every figure is drawn by one component, with one Plotly for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.plots import PLOT_CONFIG
from seqcore.plots.theme import DARK
from seqcore.ui.kit.plotly_script import DRAWING_SCRIPT, PLOTLY_URL

if TYPE_CHECKING:
    import plotly.graph_objects as go

_USUAL_HEIGHT = 380  # pixels of a figure that does not say how high it is
# Plotly writes its style sheet into the document, which a shadow root would not see.
_COMPONENT = st.components.v2.component(
    "seqlab_figure",
    html='<div class="seqlab-scroller"><div class="seqlab-figure" role="figure"></div></div><p role="status"></p>'
    '<table class="seqlab-figure-table seqlab-hidden" hidden></table>',
    css=".seqlab-scroller { overflow-x: auto; overflow-y: hidden; } .seqlab-scroller + p:empty { display: none; }",
    js=DRAWING_SCRIPT + Path(__file__).with_name("charts.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show(figure: go.Figure, *, key: str, alt: str, table: Sequence[Sequence[str]] = (), least: int = 0) -> None:
    """Draw a figure across its column. Its height is kept free until it is drawn.

    Args:
        figure: From `seqcore.plots`.
        key: Of the chart.
        alt: Its name and what it says, in words: from the `describe_x` that stands beside its `plot_x`.
        table: The same in rows, the first one of titles, where a sentence is too little; heard, not seen.
        least: Pixels that it needs to be read; in a narrower column it is scrolled sideways.
    """
    data: dict[str, Any] = {"figure": figure.to_json(), "config": PLOT_CONFIG, "plotly": PLOTLY_URL, "alt": alt}
    data |= {"table": [list(row) for row in table], "partners": DARK, "least": least}
    _COMPONENT(key=key, data=data, height=int(figure.layout.height or _USUAL_HEIGHT))
