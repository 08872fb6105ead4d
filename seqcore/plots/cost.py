"""Accuracy against what it costs, with the models that none beats in both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure, plain
from seqcore.plots.line_code import mark_style, place
from seqcore.plots.theme import FONT_SIZE, NEUTRAL

LEAST_WIDTH = 640  # pixels of the panels side by side; narrower screens scroll them
_HEIGHT, _LEGEND_LINE, _GAP = 340, 26, 0.06


@dataclass(frozen=True)
class CostPanel:
    """One cost of every model.

    Attributes:
        title: What it is.
        values: Of each model, more than 0; what is not known is None.
        on_front: Whether none beats the model.
    """

    title: str
    values: Sequence[float | None]
    on_front: Sequence[bool]


@dataclass(frozen=True)
class CostMark:
    """One model.

    Attributes:
        label: What the legend calls it.
        architecture: Gives colour and mark.
        accuracy: From 0 to 1.
        variant: How many models of the same architecture come before it.
    """

    label: str
    architecture: str
    accuracy: float
    variant: int = 0


def plot_costs_of_accuracy(marks: Sequence[CostMark], panels: Sequence[CostPanel]) -> go.Figure:
    """Panels side by side, accuracy upwards, each cost to the right on a logarithmic axis.

    A ring marks a model that none beats; the dotted line joins them: nothing lies above it, to its left.
    """
    figure = empty_figure(_HEIGHT + _LEGEND_LINE * ((len(marks) + 2) // 3))
    width = (1 - _GAP * (len(panels) - 1)) / max(len(panels), 1)
    for number, panel in enumerate(panels):
        axis = "" if number == 0 else str(number + 1)
        start = number * (width + _GAP)
        _add_front(figure, marks, panel, f"x{axis}")
        _add_marks(figure, marks, panel, f"x{axis}", legend=number == 0)
        low, high = _around([value for value in panel.values if value is not None])
        ticks = log_ticks(low, high)
        figure.update_layout(
            {
                f"xaxis{axis}": {
                    "type": "log", "domain": [start, start + width], "title": {"text": panel.title},
                    "range": [math.log10(low), math.log10(high)],
                    "tickvals": ticks, "ticktext": [_short(tick) for tick in ticks],
                }
            }
        )  # fmt: skip
    least, most = min(mark.accuracy for mark in marks), max(mark.accuracy for mark in marks)
    room = max(0.15 * (most - least), 0.01)
    figure.update_yaxes(title_text="Accuracy", tickformat=".1%", nticks=6, range=[least - room, most + room])
    legend = {"orientation": "h", "y": 1.03, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend)
    return figure


def log_ticks(low: float, high: float) -> list[float]:
    """Two to five round numbers between two others, on a logarithmic axis; fewer where there are none."""
    powers = [10.0**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
    for steps in ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 7), [1 + step / 5 for step in range(45)]):
        ticks = [round(step * power, 12) for power in powers for step in steps if low <= step * power <= high]
        if len(ticks) > 1:
            return ticks[:: -(-len(ticks) // 5)]
    return ticks


def _around(values: Sequence[float]) -> tuple[float, float]:
    """What an axis reaches from and to, with room for the marks at its ends."""
    low, high = min(values, default=1.0), max(values, default=1.0)
    room = max((high / low) ** 0.15, 1.25)
    return low / room, high * room


def _short(value: float) -> str:
    """10,000,000 as 10 M, 20,000 as 20 k, 0.02 as it is."""
    for size, sign in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}\N{NO-BREAK SPACE}{sign}"
    return f"{value:.3g}"


def _add_marks(figure: go.Figure, marks: Sequence[CostMark], panel: CostPanel, axis: str, *, legend: bool) -> None:
    ordered = sorted(range(len(marks)), key=lambda number: place(marks[number].architecture))
    for number in ordered:
        mark, value, name = marks[number], panel.values[number], plain(marks[number].label)
        style = mark_style(mark.architecture, mark.variant, size=13)
        figure.add_trace(
            go.Scatter(
                x=[value], y=[mark.accuracy], mode="markers", name=name, legendgroup=str(number), showlegend=legend,
                marker=style, xaxis=axis, hovertemplate="%{fullData.name}<br>%{x:,.4~r}, %{y:.1%}<extra></extra>",
            )
        )  # fmt: skip
        if panel.on_front[number]:
            ring = {"color": style["color"], "size": 22, "symbol": "circle-open", "line": {"width": 2}}
            figure.add_trace(
                go.Scatter(
                    x=[value], y=[mark.accuracy], mode="markers", marker=ring, xaxis=axis, showlegend=False,
                    legendgroup=str(number), hoverinfo="skip",
                )
            )  # fmt: skip


def _add_front(figure: go.Figure, marks: Sequence[CostMark], panel: CostPanel, axis: str) -> None:
    points = sorted(
        (value, mark.accuracy)
        for value, mark, is_front in zip(panel.values, marks, panel.on_front, strict=True)
        if is_front and value is not None
    )
    figure.add_trace(
        go.Scatter(
            x=[value for value, _ in points], y=[accuracy for _, accuracy in points], mode="lines", xaxis=axis,
            line={"color": NEUTRAL, "width": 1.5, "dash": "dot", "shape": "hv"}, showlegend=False, hoverinfo="skip",
        )
    )  # fmt: skip
