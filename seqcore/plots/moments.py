"""An example along time with what models make of it beneath: strips of scores, curves, grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from seqcore.kinds import Picture
from seqcore.plots.along import ReadLine
from seqcore.plots.canvas import empty_figure, plain, short
from seqcore.plots.line_code import MOST_MARKS, line_style, mark_style
from seqcore.plots.theme import AGAINST, FONT_SIZE, FOR, NEUTRAL, PALE, STRONG

MOST_POINTS = 1_500  # of a line, and columns of an image: a screen shows no more
MOST_LINES = 12  # channels that can be told apart
MOST_ROWS = 60  # of the table that is heard
_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")  # Okabe & Ito
_DASHES = ("solid", "dash", "dot", "dashdot")
_EXAMPLE, _STRIP, _CURVES, _GAP, _BELOW = 220, 34, 210, 34, 62  # pixels
_ROW = 12  # of a grid
_NAMED_BANDS = 5


@dataclass(frozen=True)
class Strip:
    """A band of colour beneath the example, a cell for each step.

    Attributes:
        title: What it is.
        values: (steps,), or (rows, steps) of a grid.
        signed: Whether values go below 0; else they begin there.
        most: What gets the fullest colour; 0: the greatest that there is.
        rows: Names of the rows of a grid, from the top.
    """

    title: str
    values: NDArray[np.floating]
    signed: bool
    most: float = 0.0
    rows: tuple[str, ...] = ()

    @property
    def grid(self) -> NDArray[np.float64]:
        """(rows, steps)."""
        return np.atleast_2d(np.asarray(self.values, np.float64))

    @property
    def height(self) -> int:
        """Pixels."""
        return _STRIP if len(self.grid) == 1 else max(110, _ROW * len(self.grid))


@dataclass(frozen=True)
class Beneath:
    """What is drawn beneath an example.

    Attributes:
        strips: From the top.
        curves: A model each, a value for each step (None: not answered there); drawn between example and strips.
        curves_title: What their axis says.
        marked: Where what is known to matter begins and ends, in the picture's unit.
    """

    strips: Sequence[Strip] = ()
    curves: Sequence[ReadLine] = ()
    curves_title: str = ""
    marked: Sequence[tuple[float, float]] = field(default=())


def plot_moments(picture: Picture, beneath: Beneath | None = None, height: int = _EXAMPLE) -> go.Figure:
    """The example on top and what is beneath it, all along one time axis.

    Args:
        picture: From the kind.
        beneath: What models make of it.
        height: Pixels of the example alone.
    """
    below = beneath or Beneath()
    heights = [height, *([_CURVES] if below.curves else []), *(strip.height for strip in below.strips)]
    total = sum(heights) + _GAP * (len(heights) - 1) + _BELOW
    legend = _needs_legend(picture, below)
    figure = empty_figure(total + (30 if legend else 0), x_title=plain(picture.unit))
    axes = _axes(figure, heights)
    _draw_example(figure, picture, axes[0])
    for start, end in below.marked:
        figure.add_shape(
            type="rect", x0=start, x1=end, y0=0, y1=1, xref="x", yref=f"{axes[0]} domain", layer="below",
            fillcolor=NEUTRAL, opacity=0.22, line={"width": 0},
        )  # fmt: skip
    rest = axes[1:]
    if below.curves:
        _draw_curves(figure, picture, below, rest[0])
        rest = rest[1:]
    for strip, axis in zip(below.strips, rest, strict=True):
        _draw_strip(figure, picture, strip, axis)
    figure.update_xaxes(showgrid=False, anchor=axes[-1], range=_range(picture))
    if legend:
        place = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": FONT_SIZE - 1}}
        figure.update_layout(showlegend=True, legend=place)
    return figure


def describe_moments(picture: Picture, beneath: Beneath | None = None) -> str:
    """How long the example is, and of each strip where its greatest value stands, in words."""
    below, kind = beneath or Beneath(), "Spectrogram" if picture.form == "image" else "Lines"
    said = [f"{kind} of {len(picture.names)} {'bands' if picture.form == 'image' else 'channels'}"]
    said[0] = said[0].replace(" 1 channels", " one channel")
    if len(picture.steps) > 1:
        said[0] += f" over {_number(picture.steps[-1] - picture.steps[0])} {_unit(picture)}"
    for strip in below.strips:
        grid = strip.grid
        if grid.size:
            row, step = divmod(int(np.abs(grid).argmax()), grid.shape[1])
            of = f" in {strip.rows[row]}" if strip.rows else ""
            said.append(f"{short(strip.title, 60)} is strongest at {_time(picture, step)}{of} ({grid[row, step]:z.3g})")
    for curve in below.curves:
        known = [value for value in curve.values if value is not None]
        if known:
            said.append(f"{short(curve.label)} goes from {known[0]:.1%} to {known[-1]:.1%}")
    return "; ".join(said) + "."


def table_of_moments(picture: Picture, beneath: Beneath | None = None) -> list[list[str]]:
    """Steps as rows with what is beneath them, the first row of titles; of many steps as many as are worth hearing."""
    below, steps = beneath or Beneath(), max(len(picture.steps) - 1, 0)
    told: Sequence[int] = (
        np.unique(np.linspace(0, steps - 1, min(steps, MOST_ROWS)).round().astype(int)).tolist() if steps else []
    )
    columns = [(strip.title, strip.grid[0]) for strip in below.strips if len(strip.grid) == 1]
    rows = [[picture.unit, *(title for title, _ in columns), *(short(curve.label) for curve in below.curves)]]
    for step in told:
        scores = [f"{values[step]:z.4g}" if step < len(values) else "–" for _, values in columns]
        shares = [_share(curve.values[step]) if step < len(curve.values) else "–" for curve in below.curves]
        rows.append([_number(float(picture.steps[step])), *scores, *shares])
    return rows if columns or below.curves else []


def along_picture(
    picture: Picture, spans: Sequence[tuple[int, int]], places: Sequence[tuple[int, int]]
) -> list[tuple[float, float]]:
    """Where spans of an example lie along its picture.

    Args:
        picture: Of the example.
        spans: In the example's own unit.
        places: Of the steps, (start, end) in the same.
    """
    found = []
    for start, end in spans:
        inside = [place for place, (first, last) in enumerate(places) if first < end and last > start]
        if inside and inside[-1] + 1 < len(picture.steps):
            found.append((float(picture.steps[inside[0]]), float(picture.steps[inside[-1] + 1])))
    return found


def _axes(figure: go.Figure, heights: Sequence[int]) -> list[str]:
    """A y axis for each part, from the top; their names as traces have them."""
    whole = sum(heights) + _GAP * (len(heights) - 1)
    names, top = [], float(whole)
    for number, height in enumerate(heights, start=1):
        name = f"y{number if number > 1 else ''}"
        key = f"yaxis{number if number > 1 else ''}"
        settings: dict[str, Any] = {"domain": [max(0.0, (top - height) / whole), top / whole], "anchor": "x"}
        figure.update_layout({key: settings | ({} if number == 1 else {"zeroline": False})})
        names.append(name)
        top -= height + _GAP
    return names


def _draw_example(figure: go.Figure, picture: Picture, axis: str) -> None:
    number = axis.removeprefix("y")
    if picture.form == "image":
        every = max(1, -(-len(picture.at) // MOST_POINTS))
        edges = [*picture.at[::every].tolist(), float(picture.steps[-1]) if len(picture.steps) else 0.0]
        figure.add_trace(
            go.Heatmap(
                x=edges, z=np.asarray(picture.values[::every], float).T.round(3).tolist(), yaxis=axis, showscale=False,
                colorscale=[[0, PALE], [1, STRONG]],
                hovertemplate=f"%{{x:.3g}} {_unit(picture)}<br>band %{{y}}: %{{z:.2f}}<extra></extra>",
            )
        )  # fmt: skip
    else:
        every = max(1, -(-len(picture.at) // MOST_POINTS))
        for place, name in enumerate(picture.names[:MOST_LINES]):
            line = {"color": _COLORS[place % 6], "dash": _DASHES[place // 6 % 4], "width": 1.8}
            figure.add_trace(
                go.Scatter(
                    x=picture.at[::every].tolist(), y=_with_gaps(picture.values[::every, place]), mode="lines",
                    name=plain(name, 30), line=line, yaxis=axis, connectgaps=False,
                    hovertemplate="%{fullData.name} at %{x:.5~g}: %{y:.5~g}<extra></extra>",
                )
            )  # fmt: skip
    ticks = _bands(picture) if picture.form == "image" else {"nticks": 5}
    figure.update_layout({f"yaxis{number}": {"title": {"text": plain(picture.value)}, **ticks}})


def _bands(picture: Picture) -> dict[str, Any]:
    """A few bands by their names."""
    bands = len(picture.names)
    places = np.linspace(0, bands - 1, min(_NAMED_BANDS, bands)).round().astype(int)
    return {"tickvals": places.tolist(), "ticktext": [plain(picture.names[place], 16) for place in places]}


def _draw_strip(figure: go.Figure, picture: Picture, strip: Strip, axis: str) -> None:
    grid, number = strip.grid, axis.removeprefix("y")
    steps = min(grid.shape[1], max(len(picture.steps) - 1, 0))
    grid = grid[:, :steps]
    most = strip.most or float(np.abs(grid).max(initial=0.0)) or 1.0
    scale = [[0, AGAINST], [0.5, PALE], [1, FOR]] if strip.signed else [[0, PALE], [1, STRONG]]
    places = [_time(picture, step) for step in range(steps)]
    names = strip.rows or ("",)
    told = [[[place, plain(name, 24)] for place in places] for name in names]
    row = "<br>%{customdata[1]}" if strip.rows else ""
    figure.add_trace(
        go.Heatmap(
            x=picture.steps[: steps + 1].tolist(), y=list(range(len(grid) + 1)), z=grid.round(6).tolist(), yaxis=axis,
            zmin=-most if strip.signed else 0, zmax=most, colorscale=scale, showscale=False, customdata=told,
            hovertemplate=f"{plain(strip.title, 60)}{row}<br>%{{customdata[0]}}: %{{z:.4f}}<extra></extra>",
        )
    )  # fmt: skip
    ticks: dict[str, Any] = {"tickvals": [], "range": [len(grid), 0], "showgrid": False}
    if strip.rows:
        every = max(1, -(-len(grid) * 16 // strip.height))
        ticks |= {
            "tickvals": [place + 0.5 for place in range(0, len(grid), every)],
            "ticktext": [plain(name, 16) for name in strip.rows[::every]], "tickfont": {"size": FONT_SIZE - 3},
        }  # fmt: skip
    figure.update_layout({f"yaxis{number}": ticks})
    figure.add_annotation(
        text=plain(strip.title, 90), xref="paper", x=0, yref=f"{axis} domain", y=1, xanchor="left", yanchor="bottom",
        showarrow=False, font={"size": FONT_SIZE - 2},
    )  # fmt: skip


def _draw_curves(figure: go.Figure, picture: Picture, below: Beneath, axis: str) -> None:
    ends, number = picture.steps[1:].tolist(), axis.removeprefix("y")
    for curve in below.curves:
        steps = min(len(ends), len(curve.values))
        figure.add_trace(
            go.Scatter(
                x=ends[:steps], y=list(curve.values[:steps]), mode="lines+markers", name=plain(curve.label), yaxis=axis,
                line=line_style(curve.architecture), connectgaps=True,
                marker=mark_style(curve.architecture, curve.variant) | {"maxdisplayed": MOST_MARKS},
                hovertemplate="%{fullData.name}<br>up to %{x:.5~g}: %{y:.1%}<extra></extra>",
            )
        )  # fmt: skip
        changes = [at for at in curve.changes if at < steps]
        figure.add_trace(
            go.Scatter(
                x=[ends[at] for at in changes], y=[curve.values[at] for at in changes], mode="markers", yaxis=axis,
                marker={
                    "symbol": "circle-open", "size": 17, "line": {"width": 2.5},
                    "color": line_style(curve.architecture)["color"],
                },
                showlegend=False, hoverinfo="skip",
            )
        )  # fmt: skip
    settings = {"range": [-0.03, 1.03], "tickformat": ".0%", "nticks": 5, "title": {"text": below.curves_title}}
    figure.update_layout({f"yaxis{number}": settings})


def _needs_legend(picture: Picture, below: Beneath) -> bool:
    return bool(below.curves) or (picture.form == "lines" and len(picture.names) > 1)


def _range(picture: Picture) -> list[float]:
    known = [edge for each in (picture.at, picture.steps) if len(each) for edge in (float(each[0]), float(each[-1]))]
    return [min(known), max(known)] if known else [0.0, 1.0]


def _with_gaps(values: NDArray[np.floating]) -> list[float | None]:
    return [None if value != value else value for value in np.asarray(values, float).round(6).tolist()]


def _time(picture: Picture, step: int) -> str:
    """Where a step stands, as people say it."""
    if picture.unit == "Seconds":
        return f"{picture.steps[step]:.2f} s"
    return f"{_unit(picture)} {step + 1}"


def _unit(picture: Picture) -> str:
    return plain(picture.unit.lower())


def _number(value: float) -> str:
    return f"{value:.4g}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}\N{NO-BREAK SPACE}%"
