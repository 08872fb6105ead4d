"""A picture on a page: every figure is drawn by one component, with one Plotly for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seqcore.plots import PLOT_CONFIG, SELECT_CONFIG
from seqcore.plots.theme import DARK
from seqcore.ui.kit.component import Component
from seqcore.ui.kit.plotly_script import DRAWING_SCRIPT, PLOTLY_URL

if TYPE_CHECKING:
    import plotly.graph_objects as go

_USUAL_HEIGHT = 380  # pixels of a figure that does not say how high it is
# Plotly writes its style sheet into the document, which a shadow root would not see.
_COMPONENT = Component(
    "seqlab_figure",
    html='<div class="seqlab-scroller"><div class="seqlab-figure" role="figure"></div></div><p role="status"></p>'
    '<table class="seqlab-figure-table seqlab-hidden" hidden></table>',
    css=".seqlab-scroller { overflow-x: auto; overflow-y: hidden; } .seqlab-scroller + p:empty { display: none; }"
    ".seqlab-clickable .nsewdrag { cursor: pointer !important; }",
    js=DRAWING_SCRIPT + Path(__file__).with_name("charts.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show(figure: go.Figure, *, key: str, alt: str, table: Sequence[Sequence[str]] = (), least: int = 0) -> None:
    """Draw a figure across its column. Its height is kept free until it is drawn.

    Args:
        figure: From `seqcore.plots`.
        key: Of the chart.
        alt: Its name and what it says, in words: from the `describe_x` that stands beside its `plot_x`.
        table: The same in rows, the first one of titles, where a sentence is too little; heard, not seen.
        least: Pixels that it needs to be read; in a narrower column it is scrolled sideways.
    """
    _COMPONENT(key=key, data=_data(figure, alt, table, least), height=_height(figure))


def show_cells(
    figure: go.Figure, *, key: str, alt: str, table: Sequence[Sequence[str]] = (), least: int = 0
) -> tuple[int, int] | None:
    """Draw a heatmap whose cells can be clicked; what a click does must be reachable by a control beside it, too.

    Returns:
        Row and column of the cell that was clicked just now; None in every run that no click began.
    """
    data = _data(figure, alt, table, least) | {"clickable": True}
    found = _COMPONENT(key=key, data=data, height=_height(figure), on_cell_change=_nothing)
    cell = getattr(found, "cell", None)
    if not isinstance(cell, Sequence) or len(cell) != 2 or not all(isinstance(place, int) for place in cell):
        return None
    return int(cell[0]), int(cell[1])


def show_points(
    figure: go.Figure, *, key: str, alt: str, table: Sequence[Sequence[str]] = (), least: int = 0
) -> list[int] | None:
    """Draw points that can be encircled with a lasso or a box, or clicked; the same must be reachable beside it, too.

    Returns:
        The `customdata` of the points that were chosen just now, none where the choice was undone; None in every run
        that no choice began.
    """
    data = _data(figure, alt, table, least) | {"selectable": True, "config": SELECT_CONFIG}
    found = getattr(_COMPONENT(key=key, data=data, height=_height(figure), on_points_change=_nothing), "points", None)
    if not isinstance(found, Sequence) or isinstance(found, str):
        return None
    return [int(number) for number in found if isinstance(number, int)]


def _nothing() -> None:
    """A component tells of a click only where somebody listens."""


def _height(figure: go.Figure) -> int:
    return int(figure.layout.height or _USUAL_HEIGHT)


def _data(figure: go.Figure, alt: str, table: Sequence[Sequence[str]], least: int) -> dict[str, Any]:
    data: dict[str, Any] = {"figure": figure.to_json(), "config": PLOT_CONFIG, "plotly": PLOTLY_URL, "alt": alt}
    return data | {"table": [list(row) for row in table], "partners": DARK, "least": least}
