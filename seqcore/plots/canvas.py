"""What all pictures share: an empty figure, colours, safe labels, labels at the ends of lines."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from seqcore.architectures import appearance

ACCENT = "#3457d5"
NEUTRAL = "#7c8698"
GRID = "rgba(128, 136, 152, 0.28)"
FONT_SIZE = 15
PLOT_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": "hover",
    "modeBarButtons": [["toImage", "resetScale2d"]],
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "sequence-lab"},
    "doubleClick": "reset",
}


@dataclass(frozen=True)
class Line:
    """One line of a picture.

    Attributes:
        label: What stands at its end.
        architecture: Gives its colour and dash.
        x: Positions.
        y: Values, as many as positions.
        faint: Thin and pale, for what is context only (training curves beside validation curves).
    """

    label: str
    architecture: str
    x: Sequence[float]
    y: Sequence[float]
    faint: bool = False


def empty_figure(height: int, *, x_title: str = "", y_title: str = "", right: int = 16) -> go.Figure:
    """A figure without background, so that the page's theme shows through; text takes the theme's colour."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": right, "t": 12, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"size": FONT_SIZE},
        showlegend=False,
        hoverlabel={"font": {"size": FONT_SIZE}, "align": "left"},
        dragmode="zoom",
    )
    axis = {
        "gridcolor": GRID,
        "zeroline": False,
        "automargin": True,
        "title": {"font": {"size": FONT_SIZE}, "standoff": 10},
        "tickfont": {"size": FONT_SIZE - 1},
    }
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    figure.update_xaxes(title_text=x_title)
    figure.update_yaxes(title_text=y_title)
    return figure


def plain(text: str, limit: int = 40) -> str:
    """Other people's text as Plotly draws it literally.

    Plotly reads a small HTML in every label; the signs of that are escaped. Control characters become spaces, and
    the direction of right-to-left text ends with the label.
    """
    line = " ".join("".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text[: 4 * limit]).split())
    short = line if len(line) <= limit and len(text) <= 4 * limit else line[: limit - 1].rstrip() + "…"
    safe = html.escape(short, quote=False)
    return safe if short.isascii() else f"\u2068{safe}\u2069"


def stroke(architecture: str, *, faint: bool = False) -> dict[str, Any]:
    """Colour, dash and width of an architecture's lines."""
    known = appearance(architecture)
    return {"color": known.color, "dash": known.dash, "width": 1.6 if faint else 3}


def end_labels(figure: go.Figure, ends: Sequence[tuple[str, str, float]], span: tuple[float, float]) -> None:
    """Write labels beside the right ends of lines, pushed apart where they would overlap.

    Args:
        figure: Gets the labels; its right margin must have room for them.
        ends: (label, colour, y of the end) of each line.
        span: Least and greatest y shown.
    """
    height = figure.layout.height - 75  # what the axis leaves
    gap = (span[1] - span[0]) * (FONT_SIZE + 5) / height
    ordered = sorted(ends, key=lambda end: end[2])
    for (label, color, _), y in zip(ordered, spread([end[2] for end in ordered], gap, span), strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            y=y,
            xanchor="left",
            yanchor="middle",
            xshift=6,
            showarrow=False,
            align="left",
            text=f'<span style="color:{color}">■</span> {plain(label, 24)}',
            font={"size": FONT_SIZE - 1},
        )


def spread(positions: Sequence[float], gap: float, span: tuple[float, float]) -> list[float]:
    """Rising positions moved as little as needed to stand `gap` apart inside `span` (when they fit)."""
    placed: list[float] = []
    for position in positions:
        placed.append(max(position, placed[-1] + gap) if placed else max(position, span[0]))
    ceiling = span[1]
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed


def label_room(labels: Sequence[str]) -> int:
    """Pixels that the longest of these labels takes at the end of a line."""
    return 30 + round(7.6 * max((min(len(label), 24) for label in labels), default=0))
