"""Learning curves: loss or accuracy over the epochs, all models in one picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import plotly.graph_objects as go

from seqcore.architectures import appearance
from seqcore.plots.canvas import Line, empty_figure, end_labels, label_room, plain, stroke

Measure = Literal["loss", "accuracy"]
TITLES: dict[str, str] = {"loss": "Loss", "accuracy": "Accuracy"}


def plot_curves(lines: Sequence[Line], *, measure: Measure = "loss", height: int = 380) -> go.Figure:
    """Training (faint) and validation (strong) curves over epochs, each model named at the end of its line.

    Args:
        lines: x in epochs (1.0 is the end of the first), y in the measure. Lines of one label (seeds) are named once.
        measure: What y is.
        height: Pixels.
    """
    figure = empty_figure(
        height, x_title="Epoch", y_title=TITLES[measure], right=label_room([line.label for line in lines])
    )
    for line in lines:
        figure.add_trace(_trace(line, measure))
    if measure == "accuracy":
        figure.update_yaxes(tickformat=".0%")
    figure.update_xaxes(rangemode="tozero", nticks=8)
    values = [value for line in lines for value in line.y]
    if values:
        span = _span(values, measure)
        figure.update_yaxes(range=span)
        end_labels(figure, _ends(lines), span)
    return figure


def _trace(line: Line, measure: Measure) -> go.Scatter:
    share = "%{y:.1%}" if measure == "accuracy" else "%{y:.3f}"
    split = "training" if line.faint else "validation"
    return go.Scatter(
        x=list(line.x),
        y=list(line.y),
        name=plain(line.label),
        mode="lines" if line.faint or len(line.x) > 30 else "lines+markers",
        line=stroke(line.architecture, faint=line.faint),
        marker={"size": 7},
        opacity=0.45 if line.faint else 1.0,
        hovertemplate=f"%{{fullData.name}} · {split}<br>epoch %{{x:.3~r}} · {share}<extra></extra>",
    )


def _ends(lines: Sequence[Line]) -> list[tuple[str, str, float]]:
    """Mean end of the lines of each label; the strong ones where there are any."""
    ends: dict[str, list[float]] = {}
    colors: dict[str, str] = {}
    strong = {line.label for line in lines if not line.faint and line.y}
    for line in lines:
        if line.y and (line.label not in strong or not line.faint):
            ends.setdefault(line.label, []).append(line.y[-1])
            colors[line.label] = appearance(line.architecture).color
    return [(label, colors[label], sum(values) / len(values)) for label, values in ends.items()]


def _span(values: Sequence[float], measure: Measure) -> tuple[float, float]:
    least, most = min(values), max(values)
    room = max((most - least) * 0.06, 0.01)
    if measure == "accuracy":
        return max(0.0, least - room), min(1.0 + room / 2, most + room)
    return max(-room / 2, least - room), most + room
