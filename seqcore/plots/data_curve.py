"""Accuracy against the number of training rows: what was measured, the law through it, and where it leads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.line_code import line_style, mark_style, place
from seqcore.plots.theme import FONT_SIZE, INK, NEUTRAL

_HEIGHT, _LEGEND_LINE = 420, 26
_BAND_OPACITY = 0.13
_MOST_TICKS = 7
_MOST_BANDS = 4  # models up to which each has its band; of more nobody could tell whose it is


@dataclass(frozen=True)
class GrownCurve:
    """One model with more and more rows.

    Attributes:
        label: What the legend calls it.
        architecture: Gives colour and mark.
        points: (rows, accuracy) of each run.
        rows: Where the law is drawn, rising; empty where there is none.
        accuracy: What it says there.
        low: Least of its interval there.
        high: Greatest.
        measured: The most rows that were measured; from there on it is a forecast.
        variant: How many models of the same architecture come before it.
    """

    label: str
    architecture: str
    points: Sequence[tuple[int, float]]
    rows: Sequence[float]
    accuracy: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    measured: int
    variant: int = 0


def plot_data_curves(models: Sequence[GrownCurve], examples: str = "texts") -> go.Figure:
    """Marks for the runs, a line for the law, dotted and with the band of its interval where it is a forecast.

    Args:
        models: At least one, with at least one run each.
        examples: What the rows are called.
    """
    ordered = sorted(models, key=lambda model: place(model.architecture))
    figure = empty_figure(_HEIGHT + _LEGEND_LINE * ((len(models) + 2) // 3), x_title=f"Training {examples}")
    for number, model in enumerate(ordered):
        if model.rows and len(models) <= _MOST_BANDS:
            _add_band(figure, model, str(number))
    for number, model in enumerate(ordered):
        _add_lines(figure, model, str(number))
        _add_runs(figure, model, str(number), examples)
    _mark_today(figure, max(model.measured for model in models))
    _set_axes(figure, models)
    legend = {"orientation": "h", "y": 1.05, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend)
    return figure


def describe_data_curves(models: Sequence[GrownCurve], examples: str = "texts") -> str:
    """Of each model the mean accuracy with the fewest rows and with the most, and the forecast, in words."""
    said = []
    for model in sorted(models, key=lambda each: place(each.architecture)):
        means = _means(model)
        steps = ", ".join(f"{accuracy:.1%} with {rows:,}" for rows, accuracy in sorted(means.items()))
        ahead = f", {model.accuracy[-1]:.1%} foretold for {model.rows[-1]:,.0f}" if model.rows else ", no forecast"
        said.append(f"{short(model.label)} {steps}{ahead}")
    return f"Accuracy by the number of training {examples}: {'; '.join(said)}."


def _means(model: GrownCurve) -> dict[int, float]:
    by_rows: dict[int, list[float]] = {}
    for rows, accuracy in model.points:
        by_rows.setdefault(rows, []).append(accuracy)
    return {rows: sum(each) / len(each) for rows, each in by_rows.items()}


def _add_band(figure: go.Figure, model: GrownCurve, group: str) -> None:
    color = line_style(model.architecture)["color"]
    figure.add_trace(
        go.Scatter(
            x=[*model.rows, *reversed(model.rows)], y=[*model.high, *reversed(model.low)], mode="lines", fill="toself",
            line={"color": color, "width": 0}, fillcolor=color, opacity=_BAND_OPACITY, legendgroup=group,
            showlegend=False, hoverinfo="skip",
        )
    )  # fmt: skip


def _add_lines(figure: go.Figure, model: GrownCurve, group: str) -> None:
    """The law as far as it was measured, its forecast, and for the legend the line with the mark."""
    style = line_style(model.architecture)
    figure.add_trace(
        go.Scatter(
            x=[None], y=[None], mode="lines+markers", line=style, marker=mark_style(model.architecture, model.variant),
            name=plain(model.label), legendgroup=group,
        )
    )  # fmt: skip
    law = list(zip(model.rows, model.accuracy, model.low, model.high, strict=True))
    known = [each for each in law if each[0] <= model.measured]
    ahead = [each for each in law if each[0] >= model.measured]
    for part, looks in ((known, style), (ahead, style | {"dash": "dot", "width": 2})):
        figure.add_trace(
            go.Scatter(
                x=[each[0] for each in part], y=[each[1] for each in part], mode="lines", line=looks,
                name=plain(model.label), legendgroup=group, showlegend=False,
                customdata=[[low, high] for _, _, low, high in part],
                hovertemplate="%{fullData.name}<br>curve at %{x:,.0f}: %{y:.1%}<br>95 % interval %{customdata[0]:.1%} "
                "to %{customdata[1]:.1%}<extra></extra>",
            )
        )  # fmt: skip


def _add_runs(figure: go.Figure, model: GrownCurve, group: str, examples: str) -> None:
    """Small marks for the runs, a large one for their mean, which the legend shows with its line."""
    small, large = (mark_style(model.architecture, model.variant, size=size) for size in (6, 11))
    figure.add_trace(
        go.Scatter(
            x=[rows for rows, _ in model.points], y=[accuracy for _, accuracy in model.points], mode="markers",
            marker=small, opacity=0.55, legendgroup=group, showlegend=False, name=plain(model.label),
            hovertemplate=f"%{{fullData.name}}, one run<br>%{{x:,.0f}} {examples}: %{{y:.1%}}<extra></extra>",
        )
    )  # fmt: skip
    means = sorted(_means(model).items())
    figure.add_trace(
        go.Scatter(
            x=[rows for rows, _ in means], y=[accuracy for _, accuracy in means], mode="markers", marker=large,
            name=plain(model.label), legendgroup=group, showlegend=False,
            hovertemplate=f"%{{fullData.name}}, mean<br>%{{x:,.0f}} {examples}: %{{y:.1%}}<extra></extra>",
        )
    )  # fmt: skip


def _mark_today(figure: go.Figure, rows: int) -> None:
    figure.add_shape(
        type="line", x0=rows, x1=rows, y0=0, y1=1, yref="paper", line={"color": NEUTRAL, "width": 1.5, "dash": "dot"}
    )
    figure.add_annotation(
        x=math.log10(rows), y=0, yref="paper", yanchor="bottom", xanchor="left", text="today", showarrow=False,
        xshift=4,
        font={"size": FONT_SIZE - 1, "color": INK},
    )  # fmt: skip


def _set_axes(figure: go.Figure, models: Sequence[GrownCurve]) -> None:
    rows = [each for model in models for each in (*(rows for rows, _ in model.points), *model.rows)]
    low, high = min(rows) / 1.15, max(rows) * 1.15
    ticks = _ticks(low, high)
    figure.update_xaxes(
        type="log", range=[math.log10(low), math.log10(high)], tickvals=ticks,
        ticktext=[f"{tick:,.0f}" for tick in ticks],
    )  # fmt: skip
    heights = [each for model in models for each in (*(y for _, y in model.points), *model.low, *model.high)]
    room = max(0.05 * (max(heights) - min(heights)), 0.01)
    figure.update_yaxes(
        title_text="Accuracy", tickformat=".0%", nticks=7,
        range=[max(-0.01, min(heights) - room), min(1.01, max(heights) + room)],
    )  # fmt: skip


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between two others, at most seven."""
    powers = [10.0**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
    ticks = [step * power for power in powers for step in (1, 2, 5) if low <= step * power <= high]
    return ticks if len(ticks) <= _MOST_TICKS else [tick for tick in ticks if f"{tick:e}".startswith("1")]
