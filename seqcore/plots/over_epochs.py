"""What becomes of models while they learn: a number of each after each epoch, and one model's map of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from seqcore.architectures import appearance
from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.line_code import MOST_MARKS, line_style, mark_style, place
from seqcore.plots.theme import AGAINST, FONT_SIZE, FOR, PALE

_LEGEND_LINE, _ROW, _COLUMN = 26, 24, 26  # pixels of a line of the legend, of an epoch, of a word


@dataclass(frozen=True)
class EpochLine:
    """One model over its epochs.

    Attributes:
        label: What the legend calls it.
        architecture: Gives colour, dash and mark.
        epochs: Rising; 0 is before the first step.
        values: There; None where there is none.
        kept: The epoch whose weights the model kept, where it is among them.
        variant: How many lines of the same architecture come before it.
    """

    label: str
    architecture: str
    epochs: Sequence[int]
    values: Sequence[float | None]
    kept: int | None = None
    variant: int = 0


def plot_over_epochs(lines: Sequence[EpochLine], title: str, *, shares: bool = False) -> go.Figure:
    """A line a model; a ring where the weights stand that it kept.

    Args:
        lines: A model each.
        title: Of what is shown.
        shares: Whether the values are shares, from 0 to 1.
    """
    height = 330 + _LEGEND_LINE * ((len(lines) + 2) // 3)
    figure = empty_figure(height, x_title="Epoch", y_title=plain(title, 40))
    number = ".1%" if shares else ".3~g"
    for line in sorted(lines, key=lambda each: place(each.architecture)):
        figure.add_trace(
            go.Scatter(
                x=list(line.epochs), y=list(line.values), mode="lines+markers", name=plain(line.label),
                line=line_style(line.architecture),
                marker=mark_style(line.architecture, line.variant) | {"maxdisplayed": MOST_MARKS},
                hovertemplate=f"%{{fullData.name}}<br>after epoch %{{x}}: %{{y:{number}}}<extra></extra>",
            )
        )  # fmt: skip
        if line.kept is not None and line.kept in line.epochs:
            ring = {"symbol": "circle-open", "size": 19, "color": line_style(line.architecture)["color"]}
            figure.add_trace(
                go.Scatter(
                    x=[line.kept], y=[line.values[list(line.epochs).index(line.kept)]], mode="markers",
                    marker=ring | {"line": {"width": 2.5}}, showlegend=False, hoverinfo="skip", cliponaxis=False,
                )
            )  # fmt: skip
    last = max((epoch for line in lines for epoch in line.epochs), default=1)
    figure.update_xaxes(range=[-0.03 * max(last, 1), 1.03 * max(last, 1)], nticks=min(last, 10) + 1, tickformat="d")
    figure.update_yaxes(**({"range": [-0.03, 1.03], "tickformat": ".0%"} if shares else {"rangemode": "tozero"}))
    legend = {"orientation": "h", "y": 1.04, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend)
    return figure


def describe_over_epochs(lines: Sequence[EpochLine], title: str, *, shares: bool = False) -> str:
    """Of each model where it begins and where it ends, in words."""
    said = []
    for line in sorted(lines, key=lambda each: place(each.architecture)):
        known = [(epoch, value) for epoch, value in zip(line.epochs, line.values, strict=True) if value is not None]
        if known:
            (first, begins), (last, ends) = known[0], known[-1]
            numbers = [f"{value:.1%}" if shares else f"{value:.3g}" for value in (begins, ends)]
            said.append(f"{short(line.label)} from {numbers[0]} after epoch {first} to {numbers[1]} after epoch {last}")
    return f"{short(title, 60)} over training: {'; '.join(said) or 'no number to tell'}."


def plot_map_over_epochs(
    values: NDArray[np.floating], words: Sequence[str], epochs: Sequence[int], architecture: str, *, signed: bool
) -> go.Figure:
    """One row an epoch, one column a word.

    Args:
        values: (epochs, words), the first epoch on top.
        words: Of the text.
        epochs: Rising.
        architecture: Gives the colour where values have no sign.
        signed: Whether values speak for and against a class.
    """
    most = float(np.abs(values).max(initial=0.0)) or 1.0
    scale = [[0, AGAINST], [0.5, PALE], [1, FOR]] if signed else [[0, PALE], [1, appearance(architecture).color]]
    names, rows = [plain(word, 14) for word in words], list(range(len(epochs)))
    figure = empty_figure(max(260, 150 + _ROW * len(epochs)), y_title="After epoch")
    figure.add_trace(
        go.Heatmap(
            z=values.astype(float).round(4).tolist(), zmin=-most if signed else 0, zmax=most, colorscale=scale,
            colorbar={"thickness": 12, "outlinewidth": 0, "nticks": 5}, xgap=1, ygap=1,
            customdata=[[[epoch, name] for name in names] for epoch in epochs],
            hovertemplate="after epoch %{customdata[0]}, %{customdata[1]}<br>%{z:.3f}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_xaxes(showgrid=False, tickangle=-50, tickvals=list(range(len(words))), ticktext=names)
    figure.update_yaxes(showgrid=False, autorange="reversed", tickvals=rows, ticktext=[str(epoch) for epoch in epochs])
    return figure


def map_over_epochs_width(words: int) -> int:
    """Pixels that so many columns need to be read."""
    return 130 + _COLUMN * words


def describe_map_over_epochs(values: NDArray[np.floating], words: Sequence[str], epochs: Sequence[int]) -> str:
    """Which word counts most after the first epoch and after the last, in words."""
    if not values.size:
        return "Nothing of this text was read."
    told = [
        f"after epoch {epochs[row]} most at {short(words[int(np.abs(values[row]).argmax())], 24)}"
        for row in dict.fromkeys((0, len(epochs) - 1))
    ]
    return f"{len(epochs)} moments of {len(words)} words: {', '.join(told)}."
