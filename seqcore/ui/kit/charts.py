"""A picture on a page: every figure is drawn by one component, with one Plotly for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from seqcore.plots import PLOT_CONFIG
from seqcore.ui.kit.plotly_script import DRAWING_SCRIPT, PLOTLY_URL

if TYPE_CHECKING:
    import plotly.graph_objects as go

_INK = {"light": "#333c4d", "dark": "#d3dae6"}
_USUAL_HEIGHT = 380  # pixels of a figure that does not say how high it is
# Plotly writes its style sheet into the document, which a shadow root would not see.
_COMPONENT = st.components.v2.component(
    "seqlab_figure",
    html='<div class="seqlab-figure" role="figure"></div><p role="status"></p>'
    '<table class="seqlab-figure-table seqlab-hidden" hidden></table>',
    css=".seqlab-figure + p:empty { display: none; }",
    js=DRAWING_SCRIPT + Path(__file__).with_name("charts.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show(figure: go.Figure, *, key: str, alt: str, table: Sequence[Sequence[str]] = ()) -> None:
    """Draw a figure across its column. Its height is kept free until it is drawn.

    Args:
        figure: From `seqcore.plots`.
        key: Of the chart.
        alt: What it shows, in a sentence of ours, for those who cannot see it.
        table: The same in rows, the first one of titles, where a sentence is too little; heard, not seen.
    """
    figure = type(figure)(figure)  # several sessions may look at the same one
    _write_in_theme(figure)
    data: dict[str, Any] = {"figure": figure.to_json(), "config": PLOT_CONFIG, "plotly": PLOTLY_URL, "alt": alt}
    data["table"] = [list(row) for row in table]
    _COMPONENT(key=key, data=data, height=int(figure.layout.height or _USUAL_HEIGHT))


def _write_in_theme(figure: go.Figure) -> None:
    """Darker ink than Streamlit's grey, for the last row of a lecture hall."""
    ink = _INK.get(str(st.context.theme.type))
    if ink is None:
        return
    figure.update_layout(font_color=ink, legend_font_color=ink)
    figure.update_xaxes(tickfont_color=ink, title_font_color=ink)
    figure.update_yaxes(tickfont_color=ink, title_font_color=ink)
    figure.for_each_annotation(lambda label: label.update(font_color=label.font.color or ink))
