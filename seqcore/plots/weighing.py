"""One sum of an attention: the score of every word, and the weight that the softmax makes of it."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from seqcore.architectures import appearance
from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.theme import NEUTRAL

_HEIGHT = 320


def plot_weighing(
    words: Sequence[str], scores: Sequence[float], weights: Sequence[float], now: int, architecture: str
) -> go.Figure:
    """Scores above, weights below, over the same words.

    Args:
        words: Of the text, or of a part of it.
        scores: One a word, of any sign.
        weights: One a word, from 0 to 1.
        now: Place of the word that is looked at.
        architecture: Gives its colour.
    """
    figure = empty_figure(_HEIGHT)
    names, places = [plain(word, 14) for word in words], list(range(len(words)))
    colors = [appearance(architecture).color if place == now else NEUTRAL for place in places]
    for axis, name, values, digits in (("y", "score", scores, ".3f"), ("y2", "weight", weights, ".2%")):
        figure.add_trace(
            go.Bar(
                x=places, y=list(values), yaxis=axis, width=0.76, marker={"color": colors}, text=names,
                textposition="none", hovertemplate=f"%{{text}}<br>{name} %{{y:{digits}}}<extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(
        yaxis={"domain": [0.56, 1], "title": {"text": "Score"}, "nticks": 5, "zeroline": True},
        yaxis2={
            "domain": [0, 0.44], "title": {"text": "Weight"}, "nticks": 4, "tickformat": ".0%", "rangemode": "tozero",
            "anchor": "x",
        },
    )  # fmt: skip
    figure.update_xaxes(showgrid=False, tickangle=-50, tickvals=places, ticktext=names, anchor="y2")
    return figure


def describe_weighing(words: Sequence[str], scores: Sequence[float], weights: Sequence[float], now: int) -> str:
    """How far the scores go, the greatest weight, and those of one word, in words."""
    if not words:
        return "Nothing was read."
    most = max(range(len(words)), key=weights.__getitem__)
    return (
        f"Scores of {len(words)} words from {min(scores):.2f} to {max(scores):.2f}; the greatest weight is "
        f"{weights[most]:.1%}, of {short(words[most], 24)}. "
        f"{short(words[now], 24)} has the score {scores[now]:.2f} and the weight {weights[now]:.1%}."
    )
