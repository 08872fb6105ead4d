"""How the influence of a word fades with its distance from the end of the text, all models on one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.line_code import MOST_MARKS, line_style, mark_style, place
from seqcore.plots.theme import FONT_SIZE, NEUTRAL

_LEGEND_LINE = 26
_LEAST = 1e-4  # influence below which a line on a logarithmic axis would only tell of rounding


@dataclass(frozen=True)
class FadingLine:
    """One model's memory.

    Attributes:
        label: What the legend calls it.
        architecture: Gives colour, dash and mark.
        distance: Steps back from the last word, from 0.
        influence: There; 1 at distance 0.
        half_life: Distance at which half is left; None where it never is.
        variant: How many lines of the same architecture come before it.
    """

    label: str
    architecture: str
    distance: Sequence[int]
    influence: Sequence[float]
    half_life: float | None
    variant: int = 0


def plot_memory(lines: Sequence[FadingLine], step: str = "word") -> go.Figure:
    """Influence against distance, on a logarithmic axis where a fixed share lost a word is a straight line.

    Args:
        lines: A model each.
        step: What a step is called.
    """
    figure = empty_figure(
        390 + _LEGEND_LINE * ((len(lines) + 2) // 3),
        x_title=f"{step.capitalize()}s before the end",
        y_title="Influence",
    )
    figure.add_hline(y=0.5, line={"color": NEUTRAL, "width": 1.5, "dash": "dot"})
    for line in sorted(lines, key=lambda each: place(each.architecture)):
        figure.add_trace(
            go.Scatter(
                x=list(line.distance), y=[max(value, _LEAST) for value in line.influence], mode="lines+markers",
                name=plain(line.label), line=line_style(line.architecture),
                marker=mark_style(line.architecture, line.variant) | {"maxdisplayed": MOST_MARKS},
                hovertemplate="%{fullData.name}<br>%{x} " + step + "s before the end: %{y:.3g}<extra></extra>",
            )
        )  # fmt: skip
    figure.update_yaxes(type="log", tickformat=".3~g", nticks=6)
    figure.update_xaxes(rangemode="tozero", nticks=8)
    legend = {"orientation": "h", "y": 1.04, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend)
    return figure


def describe_memory(lines: Sequence[FadingLine], step: str = "word") -> str:
    """The half-life of each model, in words."""
    said = []
    for line in sorted(lines, key=lambda each: place(each.architecture)):
        half = "never falls to half" if line.half_life is None else f"half is left after {line.half_life:.1f} {step}s"
        said.append(f"{short(line.label)}: {half}")
    return f"Influence of a {step} by its distance from the end. {'; '.join(said)}."
