"""Trials of settings as lines over parallel axes, on a page: coloured by their validation loss."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure
from seqcore.plots.theme import FONT_SIZE, INK, NEUTRAL, PAPER, STRONG
from seqcore.plots.trial_axes import DrawnTrial, TrialAxis, cost_axis, short_value

_HEIGHT, _AXIS = 400, 150  # pixels; of the picture, and at least of the place between two axes
# From the lowest loss to the highest: blue to orange, which the colour-blind tell apart, and both pages show.
BY_LOSS = ("#2f6fde", "#5c7fb8", "#7f8289", "#a8763f", "#bf6310")


def trials_width(axes: int) -> int:
    """Pixels that the picture needs to be read; narrower screens scroll it."""
    return _AXIS * (axes + 1)


def plot_trials(axes: Sequence[TrialAxis], trials: Sequence[DrawnTrial]) -> go.Figure:
    """A line for each trial: bold where it did best, dashed where it was ended early, dotted while it trains.

    Args:
        axes: The settings; the lowest validation loss is one more axis, the last.
        trials: In any order.
    """
    every, places = [*axes, cost_axis(trials)], _places_by_loss(trials)
    figure = empty_figure(_HEIGHT)
    for trial in sorted(trials, key=lambda each: (each.chosen, -_last(each))):  # the best lie over the others
        figure.add_trace(_line(trial, every, places.get(trial.number)))
    for number, axis in enumerate(every):
        figure.add_shape(type="line", x0=number, x1=number, y0=0, y1=1, line={"color": INK, "width": 1.2})
        for tick in axis.ticks():
            figure.add_annotation(
                x=number, y=axis.place(tick), text=short_value(tick), showarrow=False, xanchor="right", xshift=-6,
                font={"size": FONT_SIZE - 2, "color": INK}, bgcolor=PAPER,
            )  # fmt: skip
    titles = {"tickvals": list(range(len(every))), "ticktext": [_in_lines(axis.title) for axis in every]}
    figure.update_xaxes(range=[-0.45, len(every) - 0.75], showgrid=False, showline=False, **titles)
    figure.update_yaxes(range=[-0.06, 1.06], visible=False)
    figure.update_layout(hovermode="closest", dragmode=False)
    return figure


def _places_by_loss(trials: Sequence[DrawnTrial]) -> dict[int, float]:
    """Of each trial that has a loss, by its number, the place among them: 0 for the lowest, 1 for the highest."""
    known = sorted((each.cost, each.number) for each in trials if not each.going and math.isfinite(each.cost))
    return {number: place / max(1, len(known) - 1) for place, (_, number) in enumerate(known)}


def _line(trial: DrawnTrial, axes: Sequence[TrialAxis], place: float | None) -> go.Scatter:
    known = len(axes) if math.isfinite(trial.cost) else len(axes) - 1
    values = (*trial.values, trial.cost)[:known]
    heights = [axis.place(value) for axis, value in zip(axes, values, strict=False)]
    color = NEUTRAL if place is None else BY_LOSS[round(place * (len(BY_LOSS) - 1))]
    look = {"color": color, "width": 1.8, "dash": "dash" if trial.pruned else "dot" if trial.going else "solid"}
    if trial.chosen:
        look = {"color": STRONG, "width": 4}
    said = "<br>".join(f"{axis.title} {short_value(value)}" for axis, value in zip(axes, values, strict=False))
    how = " (ended early)" if trial.pruned else " (trains)" if trial.going else " (did best)" if trial.chosen else ""
    return go.Scatter(
        x=list(range(known)), y=heights, mode="lines+markers", line=look,
        marker={"color": look["color"], "size": 10 if trial.chosen else 4}, showlegend=False,
        hovertemplate=f"Trial {trial.number}{how}<br>{said}<extra></extra>",
    )  # fmt: skip


def _last(trial: DrawnTrial) -> float:
    return trial.cost if math.isfinite(trial.cost) else math.inf


def _in_lines(title: str) -> str:
    """A title in two lines where it is long; titles are ours."""
    words = title.split()
    half = (len(words) + 1) // 2
    return title if len(title) < 14 or len(words) < 2 else f"{' '.join(words[:half])}<br>{' '.join(words[half:])}"
