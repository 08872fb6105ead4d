"""What all pictures share: an empty figure, what a line is, safe labels."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from seqcore.plots.theme import TEMPLATE

PLOT_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,  # nothing leaves this machine, whatever Plotly's defaults are ...
    "plotlyServerURL": "",  # ... and there is no place to send it to
    "displayModeBar": "hover",
    "modeBarButtons": [["toImage", "resetScale2d"]],
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "sequence-lab"},
    "doubleClick": "reset",
}

# Of pictures in which points can be chosen.
SELECT_CONFIG = PLOT_CONFIG | {
    "modeBarButtons": [["toImage", "lasso2d", "select2d", "zoom2d", "pan2d", "resetScale2d"]]
}


@dataclass(frozen=True)
class Line:
    """One line of a picture.

    Attributes:
        label: What the legend calls it.
        architecture: Gives its colour, dash and mark.
        x: Positions.
        y: Values, as many as positions.
        variant: How many lines of the same architecture come before it.
    """

    label: str
    architecture: str
    x: Sequence[float]
    y: Sequence[float]
    variant: int = 0


def empty_figure(height: int, *, x_title: str = "", y_title: str = "", right: int = 16) -> go.Figure:
    """A figure in the one template, without background, so that the page's theme shows through."""
    figure = go.Figure(layout={"template": TEMPLATE})
    figure.update_layout(height=height, margin={"l": 8, "r": right, "t": 12, "b": 8}, showlegend=False)
    figure.update_xaxes(title_text=x_title)
    figure.update_yaxes(title_text=y_title)
    return figure


def plain(text: str, limit: int = 40) -> str:
    """Other people's text as Plotly draws it literally.

    Plotly reads a small HTML in every label; the signs of that are escaped. Control characters become spaces, and
    the direction of right-to-left text ends with the label.
    """
    line = short(text, limit)
    safe = html.escape(line, quote=False)
    return safe if line.isascii() else f"\u2068{safe}\u2069"


def short(text: str, limit: int = 40) -> str:
    """Other people's text in one line of at most that many characters, as it is read aloud."""
    line = " ".join("".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text[: 4 * limit]).split())
    return line if len(line) <= limit and len(text) <= 4 * limit else line[: limit - 1].rstrip() + "…"
