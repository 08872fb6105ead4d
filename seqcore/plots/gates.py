"""Gates and states of a recurrent cell: units by words, and one unit over the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from seqcore.architectures import appearance
from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.theme import AGAINST, FONT_SIZE, FOR, NEUTRAL, PALE

_ROW, _COLUMN = 19, 26  # pixels of a unit, and of a word
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def plot_gate(
    values: NDArray[np.floating], words: Sequence[str], units: Sequence[int], architecture: str, *, signed: bool
) -> go.Figure:
    """One row a unit, one column a word.

    Args:
        values: (units, words), in the order of rows from the top.
        words: Of the text.
        units: Numbers of the units.
        architecture: Gives the colour of a gate.
        signed: Whether values go below 0, as states do; gates go from 0 to 1.
    """
    most = max(1.0, float(np.abs(values).max(initial=0.0))) if signed else 1.0
    scale = [[0, AGAINST], [0.5, PALE], [1, FOR]] if signed else [[0, PALE], [1, appearance(architecture).color]]
    figure = empty_figure(max(260, 150 + _ROW * len(units)), y_title="Unit")
    names = [plain(word, 14) for word in words]
    figure.add_trace(
        go.Heatmap(
            z=values.astype(float).round(4).tolist(), zmin=-most if signed else 0, zmax=most, colorscale=scale,
            colorbar={"thickness": 12, "outlinewidth": 0, "nticks": 5}, xgap=1, ygap=1,
            customdata=[[[unit, name] for name in names] for unit in units],
            hovertemplate="unit %{customdata[0]} at %{customdata[1]}<br>%{z:.3f}<extra></extra>",
        )
    )  # fmt: skip
    places = list(range(len(words)))
    figure.update_xaxes(showgrid=False, tickangle=-50, tickvals=places, ticktext=names)
    rows = list(range(len(units)))
    figure.update_yaxes(showgrid=False, autorange="reversed", tickvals=rows, ticktext=[str(unit) for unit in units])
    return figure


def gate_width(words: int) -> int:
    """Pixels that so many columns need to be read."""
    return 130 + _COLUMN * words


def describe_gate(name: str, values: NDArray[np.floating], words: Sequence[str], units: Sequence[int]) -> str:
    """How far the values go, and where the greatest of each sign stands, in words."""
    if not values.size:
        return f"{name}: nothing was read."
    high, low = (divmod(int(found), values.shape[1]) for found in (values.argmax(), values.argmin()))
    told = [
        f"{which} {values[row, column]:z.2f} in unit {units[row]} at {short(words[column], 24)}"
        for which, (row, column) in (("greatest", high), ("least", low))
    ]
    return f"{name} of {len(units)} units over {len(words)} words, mean {values.mean():z.2f}: {', '.join(told)}."


@dataclass(frozen=True)
class UnitLine:
    """One gate or state of one unit.

    Attributes:
        name: What people call it.
        values: One a word.
    """

    name: str
    values: Sequence[float]


def plot_unit(lines: Sequence[UnitLine], words: Sequence[str], architecture: str, shown: str) -> go.Figure:
    """All gates and states of one unit over the words.

    Args:
        lines: A gate or state each.
        words: Of the text.
        architecture: Gives the colour of the one that is meant.
        shown: Its name.
    """
    figure = empty_figure(330)
    names = [plain(word, 14) for word in words]
    for number, line in enumerate(lines):
        meant = line.name == shown
        color = {"color": appearance(architecture).color if meant else NEUTRAL}
        figure.add_trace(
            go.Scatter(
                x=list(range(len(words))), y=list(line.values), mode="lines+markers" if meant else "lines",
                name=line.name, text=names, line=color | {"dash": _DASHES[number % 6], "width": 3 if meant else 1.6},
                hovertemplate="%{fullData.name} at %{text}<br>%{y:.3f}<extra></extra>",
            )
        )  # fmt: skip
    figure.update_xaxes(showgrid=False, tickangle=-50, tickvals=list(range(len(words))), ticktext=names)
    legend = {"orientation": "h", "y": 1.04, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
    figure.update_layout(showlegend=True, legend=legend)
    return figure


def describe_unit(unit: int, lines: Sequence[UnitLine]) -> str:
    """Of each gate and state how far it goes, in words."""
    said = ", ".join(f"{line.name.lower()} {min(line.values):z.2f} to {max(line.values):z.2f}" for line in lines)
    return (
        f"Unit {unit} over {len(lines[0].values)} words: {said}." if lines and lines[0].values else "Nothing was read."
    )
