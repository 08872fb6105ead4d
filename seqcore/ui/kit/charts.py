"""A picture on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from seqcore.plots import PLOT_CONFIG

if TYPE_CHECKING:
    import plotly.graph_objects as go

_INK = {"light": "#333c4d", "dark": "#d3dae6"}


def show(figure: go.Figure, *, key: str, alt: str) -> None:
    """Draw a figure across its column.

    Args:
        figure: From `seqcore.plots`.
        key: Of the chart.
        alt: What it shows, in a sentence of ours, for those who cannot see it.
    """
    _write_in_theme(figure)
    st.plotly_chart(figure, key=key, config=PLOT_CONFIG, alt=alt, width="stretch")


def _write_in_theme(figure: go.Figure) -> None:
    """Darker ink than Streamlit's grey, for the last row of a lecture hall."""
    ink = _INK.get(str(st.context.theme.type))
    if ink is None:
        return
    figure.update_layout(font_color=ink, legend_font_color=ink)
    figure.update_xaxes(tickfont_color=ink, title_font_color=ink)
    figure.update_yaxes(tickfont_color=ink, title_font_color=ink)
    figure.for_each_annotation(lambda label: label.update(font_color=label.font.color or ink))
