"""How much of the differences between trials goes along with each setting, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure
from seqcore.plots.theme import ACCENT, FONT_SIZE, INK, NEUTRAL

_BAR, _AROUND = 40, 60  # pixels


@dataclass(frozen=True)
class ImportanceBar:
    """One setting.

    Attributes:
        title: What people call it.
        share: Of the differences, from 0 to 1.
        is_clear: Whether chance would hardly show as much.
    """

    title: str
    share: float
    is_clear: bool


def plot_importances(bars: Sequence[ImportanceBar]) -> go.Figure:
    """A bar for each setting, full where it is more than chance would show, hollow where it is not."""
    figure = empty_figure(_AROUND + _BAR * len(bars), x_title="Share of the differences in validation loss", right=60)
    figure.add_trace(
        go.Bar(
            x=[bar.share for bar in bars], y=[bar.title for bar in bars], orientation="h", width=0.6,
            text=[f"{100 * bar.share:.0f}\N{NO-BREAK SPACE}%" for bar in bars], textposition="outside",
            textfont={"size": FONT_SIZE, "color": INK}, cliponaxis=False, hoverinfo="skip",
            marker={
                "color": [ACCENT if bar.is_clear else "rgba(0,0,0,0)" for bar in bars],
                "line": {"color": [ACCENT if bar.is_clear else NEUTRAL for bar in bars], "width": 2},
            },
        )
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(range=[0, 1], tickformat=".0%", nticks=6)
    return figure
