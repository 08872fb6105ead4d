"""The one template of all pictures, in light and in dark.

Figures are made in the colours of the light theme. Where the page is dark, the browser puts the dark partner in the
place of each (`kit/plotly.js`): so a picture follows a theme that is switched while it is looked at, which the server
does not learn of. Colours without a partner, those of architectures and bars among them, are right on both pages.
"""

from __future__ import annotations

from typing import Any

PAGES = {"light": "#ffffff", "dark": "#12151c"}  # what pictures lie on; .streamlit/config.toml has the same
FONT_SIZE = 15

ACCENT = "#4f6fe0"  # bars of what belongs to no model
NEUTRAL = "#6f7a8c"  # lines of what belongs to no model
INK = "#171c26"
PAPER = "#fefefe"
GRID = "#d9dee8"
PALE = "#f0f3fd"  # the least of a colour scale ...
STRONG = "#3457d5"  # ... and the most
ON_PALE = "#000000"  # numbers in a cell of a colour scale
ON_STRONG = "#ffffff"
FOR = "#0072B2"  # what speaks for a class ...
AGAINST = "#D55E00"  # ... and against it: two hues that the colour-blind tell apart (Okabe & Ito)

DARK = {
    INK: "#eef1f7",
    PAPER: "#12151c",
    GRID: "#343c4c",
    PALE: "#1b2033",
    STRONG: "#4a69dc",
    ON_PALE: "#ffffff",
}

_AXIS = {
    "gridcolor": GRID,
    "linecolor": GRID,
    "zeroline": False,
    "automargin": True,
    "title": {"font": {"size": FONT_SIZE, "color": INK}, "standoff": 10},
    "tickfont": {"size": FONT_SIZE - 1, "color": INK},
}
TEMPLATE: dict[str, Any] = {
    "layout": {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": FONT_SIZE, "color": INK},
        "legend": {"font": {"size": FONT_SIZE - 1, "color": INK}, "itemsizing": "trace"},
        "hoverlabel": {
            "bgcolor": PAPER, "bordercolor": NEUTRAL, "font": {"size": FONT_SIZE, "color": INK}, "align": "left",
        },
        "annotationdefaults": {"font": {"color": INK}},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": INK, "activecolor": STRONG},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "dragmode": "zoom",
    },
}  # fmt: skip


def in_dark(value: Any, *, named: str = "") -> Any:
    """A figure as plain data in the colours of the dark theme; the browser does the same.

    Only what stands under a key that names a colour is looked at: people's labels are left alone.
    """
    if isinstance(value, dict):
        return {key: in_dark(part, named=named + key.lower()) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [in_dark(part, named=named) for part in value]
    return DARK.get(value, value) if isinstance(value, str) and "color" in named else value
