"""What the data set holds: texts of each class, and how long they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import plotly.graph_objects as go

from seqcore.plots.canvas import ACCENT, FONT_SIZE, empty_figure, plain

_MOST_BARS = 30


def plot_class_counts(counts: Mapping[str, int], *, color: str = ACCENT) -> go.Figure:
    """Texts of each class, the most frequent on top, each bar with its number; at most 30 classes."""
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    shown = ordered[:_MOST_BARS]
    if len(ordered) > len(shown):
        rest = ordered[len(shown) :]
        shown = [*shown, (f"{len(rest)} more classes", sum(count for _, count in rest))]
    total = sum(counts.values()) or 1
    figure = empty_figure(50 + 36 * max(len(shown), 2), right=24)
    figure.add_trace(
        go.Bar(
            x=[count for _, count in shown], y=list(range(len(shown))), orientation="h", marker={"color": color},
            text=[f"{count:,}  ({count / total:.0%})" for _, count in shown], textposition="outside",
            textfont={"size": FONT_SIZE - 1}, cliponaxis=False, customdata=[plain(label, 80) for label, _ in shown],
            hovertemplate="%{customdata}<br>%{x:,} texts<extra></extra>", width=0.68,
        )
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(len(shown))), ticktext=[plain(label, 22) for label, _ in shown],
        range=[len(shown) - 0.5, -0.5], showgrid=False, fixedrange=True, ticksuffix=" ",
    )  # fmt: skip
    most = max((count for _, count in shown), default=1)
    figure.update_xaxes(visible=False, range=[0, most * 1.32], fixedrange=True)
    return figure


def plot_lengths(edges: Sequence[float], counts: Sequence[int], *, color: str = ACCENT) -> go.Figure:
    """How many texts have how many words.

    Args:
        edges: Words at the bounds of the bars, one more than there are bars.
        counts: Texts in each bar.
        color: Of the bars.
    """
    figure = empty_figure(260, x_title="Words in a text", y_title="Texts")
    ranges = [f"{start:.0f} to {stop:.0f}" for start, stop in pairwise(edges)]
    figure.add_trace(
        go.Bar(
            x=[(start + stop) / 2 for start, stop in pairwise(edges)], y=list(counts),
            width=[0.94 * (stop - start) for start, stop in pairwise(edges)],
            marker={"color": color}, customdata=ranges,
            hovertemplate="%{customdata} words<br>%{y:,} texts<extra></extra>",
        )
    )  # fmt: skip
    figure.update_xaxes(showgrid=False, fixedrange=True)
    figure.update_yaxes(fixedrange=True, nticks=5)
    return figure
