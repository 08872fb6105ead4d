"""Accuracy against the distance over which a model has to remember."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.line_code import line_style, mark_style, place
from seqcore.plots.theme import FONT_SIZE, NEUTRAL

_HEIGHT, _LEGEND_LINE = 400, 24


@dataclass(frozen=True)
class RacedModel:
    """One model.

    Attributes:
        label: Its name.
        architecture: Gives colour, dash and mark.
        distances: Rising.
        accuracy: Mean over its seeds at each distance.
        low: Least of its 95 % interval there.
        high: Greatest.
        runs: Distance and accuracy of each run.
    """

    label: str
    architecture: str
    distances: Sequence[int]
    accuracy: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    runs: Sequence[tuple[int, float]]


def plot_memory_race(models: Sequence[RacedModel], guessing: float | None = None) -> go.Figure:
    """A line with intervals for each model, small marks for its runs.

    Args:
        models: At least one, with at least one distance each.
        guessing: What one answer to all gets: a dotted line.
    """
    ordered = sorted(models, key=lambda model: place(model.architecture))
    figure = empty_figure(_HEIGHT + _LEGEND_LINE * ((len(models) + 2) // 3), x_title="Distance in words")
    for number, model in enumerate(ordered):
        _add_runs(figure, model, str(number))
        _add_means(figure, model, str(number))
    every = sorted({distance for model in models for distance in model.distances})
    low, high = every[0] / 1.2, every[-1] * 1.2
    if guessing is not None:
        figure.add_shape(
            type="line", x0=low, x1=high, y0=guessing, y1=guessing, line={"color": NEUTRAL, "width": 1.5, "dash": "dot"}
        )
    figure.update_xaxes(
        type="log", range=[math.log10(low), math.log10(high)], tickvals=every, ticktext=[f"{at:,}" for at in every]
    )
    least = min((*(y for model in models for y in model.low), *([] if guessing is None else [guessing])))
    figure.update_yaxes(title_text="Accuracy", tickformat=".0%", nticks=7, range=[max(-0.01, least - 0.05), 1.02])
    legend = {"orientation": "h", "y": 1.05, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend)
    return figure


def describe_memory_race(models: Sequence[RacedModel], guessing: float | None = None) -> str:
    """The mean accuracy of each model at each distance, in words."""
    said = []
    for model in sorted(models, key=lambda each: place(each.architecture)):
        each = zip(model.distances, model.accuracy, strict=True)
        said.append(f"{short(model.label)} {', '.join(f'{accuracy:.1%} at {at:,}' for at, accuracy in each)}")
    chance = "" if guessing is None else f" One answer to all gets {guessing:.1%}."
    return f"Accuracy by the distance in words: {'; '.join(said)}.{chance}"


def _add_runs(figure: go.Figure, model: RacedModel, group: str) -> None:
    figure.add_trace(
        go.Scatter(
            x=[at for at, _ in model.runs], y=[accuracy for _, accuracy in model.runs], mode="markers",
            marker=mark_style(model.architecture, size=5), opacity=0.5, legendgroup=group, showlegend=False,
            name=plain(model.label),
            hovertemplate="%{fullData.name}, one run<br>distance %{x:,}: %{y:.1%}<extra></extra>",
        )
    )  # fmt: skip


def _add_means(figure: go.Figure, model: RacedModel, group: str) -> None:
    style = line_style(model.architecture)
    above = [high - mean for high, mean in zip(model.high, model.accuracy, strict=True)]
    below = [mean - low for low, mean in zip(model.low, model.accuracy, strict=True)]
    figure.add_trace(
        go.Scatter(
            x=list(model.distances), y=list(model.accuracy), mode="lines+markers", line=style,
            marker=mark_style(model.architecture, size=10), name=plain(model.label), legendgroup=group,
            error_y={"type": "data", "array": above, "arrayminus": below, "color": style["color"], "thickness": 1.5},
            customdata=[[low, high] for low, high in zip(model.low, model.high, strict=True)],
            hovertemplate="%{fullData.name}, mean<br>distance %{x:,}: %{y:.1%}<br>95 % interval %{customdata[0]:.1%} "
            "to %{customdata[1]:.1%}<extra></extra>",
        )
    )  # fmt: skip
