"""What a model looked at: weights of tokens."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from seqcore.architectures import appearance
from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.theme import FONT_SIZE


def plot_token_weights(
    tokens: Sequence[str], weights: Sequence[float], architecture: str, *, most: int = 12
) -> go.Figure:
    """The tokens with the greatest weights, the greatest on top; positions tell equal tokens apart.

    Args:
        tokens: In the order of the text.
        weights: One a token, summing to 1.
        architecture: Gives the colour.
        most: Bars shown.
    """
    order = sorted(range(len(tokens)), key=lambda i: -weights[i])[:most]
    rows = list(range(len(order)))
    figure = empty_figure(40 + 34 * max(len(order), 2))
    figure.add_trace(
        go.Bar(
            x=[weights[i] for i in order], y=rows, orientation="h", width=0.68,
            marker={"color": appearance(architecture).color},
            text=[f"{weights[i]:.1%}" for i in order], textposition="outside", cliponaxis=False,
            textfont={"size": FONT_SIZE - 1},
            customdata=[[plain(tokens[i], 60), i + 1] for i in order],
            hovertemplate="%{customdata[0]}<br>token %{customdata[1]} · %{x:.2%}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=rows, ticktext=[plain(tokens[i], 18) for i in order], range=[len(order) - 0.5, -0.5],
        showgrid=False, fixedrange=True, ticksuffix=" ",
    )  # fmt: skip
    greatest = max((weights[i] for i in order), default=1.0)
    figure.update_xaxes(visible=False, range=[0, greatest * 1.25 or 1.0], fixedrange=True)
    return figure


def describe_token_weights(tokens: Sequence[str], weights: Sequence[float]) -> str:
    """The five tokens with the greatest weights, in words."""
    order = sorted(range(len(tokens)), key=lambda i: -weights[i])[:5]
    said = ", ".join(f"{short(tokens[i])} {weights[i]:.1%}" for i in order)
    return f"The tokens with the greatest weights: {said}." if order else "There are no tokens."
