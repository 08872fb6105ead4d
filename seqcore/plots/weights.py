"""What a model looked at: weights of tokens, and of tokens by tokens."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from seqcore.architectures import appearance
from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.theme import FONT_SIZE, PALE

_READABLE = 36  # tokens up to which an axis names each


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


def plot_attention_matrix(tokens: Sequence[str], matrix: Sequence[Sequence[float]], architecture: str) -> go.Figure:
    """Which token (row) looks at which (column); every row sums to 1.

    Args:
        tokens: In the order of the text.
        matrix: (queries, keys) weights.
        architecture: Gives the colour.
    """
    size = len(tokens)
    names = [plain(token, 16) for token in tokens]
    figure = empty_figure(max(320, min(760, 150 + 26 * size)), x_title="is looked at", y_title="This token looks at")
    figure.add_trace(
        go.Heatmap(
            z=[list(row) for row in matrix],
            zmin=0,
            customdata=[[[query, key] for key in names] for query in names],
            colorscale=[[0, PALE], [1, appearance(architecture).color]],
            colorbar={"tickformat": ".0%", "thickness": 12, "outlinewidth": 0},
            xgap=1 if size <= _READABLE else 0,
            ygap=1 if size <= _READABLE else 0,
            hovertemplate="%{customdata[0]} → %{customdata[1]}<br>%{z:.1%}<extra></extra>",
        )
    )
    ticks = {"tickvals": list(range(size)), "ticktext": names} if size <= _READABLE else {"showticklabels": False}
    figure.update_xaxes(showgrid=False, tickangle=-50, side="bottom", **ticks)
    figure.update_yaxes(showgrid=False, autorange="reversed", **ticks)
    return figure


def describe_token_weights(tokens: Sequence[str], weights: Sequence[float]) -> str:
    """The five tokens with the greatest weights, in words."""
    order = sorted(range(len(tokens)), key=lambda i: -weights[i])[:5]
    said = ", ".join(f"{short(tokens[i])} {weights[i]:.1%}" for i in order)
    return f"The tokens with the greatest weights: {said}." if order else "There are no tokens."


def describe_attention_matrix(tokens: Sequence[str], matrix: Sequence[Sequence[float]]) -> str:
    """The three strongest looks of one token at another, in words."""
    looks = [(weight, i, j) for i, row in enumerate(matrix) for j, weight in enumerate(row)]
    strongest = sorted(looks, key=lambda look: -look[0])[:3]
    said = ", ".join(f"{short(tokens[i])} at {short(tokens[j])} {weight:.1%}" for weight, i, j in strongest)
    return f"How {len(tokens)} tokens look at each other; the strongest: {said}." if looks else "There are no tokens."
