"""The live picture: a component that redraws without flicker and keeps the viewer's zoom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from seqcore.ui.components.live_points import curves
from seqcore.ui.kit.phrases import count
from seqcore.ui.kit.plotly_script import DRAWING_SCRIPT, PLOTLY_URL

if TYPE_CHECKING:
    from seqcore.store import MetricRow, Run

_FOLDER = Path(__file__).parent
_HTML = '<div class="seqlab-curves"></div><p class="seqlab-curves-problem" role="status"></p>'
_SCRIPT = DRAWING_SCRIPT + (_FOLDER / "live_curves.js").read_text(encoding="utf-8")
# Plotly writes its style sheet into the document, which a shadow root would not see.
_COMPONENT = st.components.v2.component(
    "seqlab_live_curves",
    html=_HTML,
    css=(_FOLDER / "live_curves.css").read_text(encoding="utf-8"),
    js=_SCRIPT,
    isolate_styles=False,
)
_FETCH = st.components.v2.component("seqlab_fetch_plotly", html=_HTML, js=_SCRIPT)


def fetch_plotly() -> None:
    """Let the browser fetch Plotly's script now, so that the first curve does not wait for it."""
    _FETCH(key="fetch-plotly", data={"plotly": PLOTLY_URL})


def draw_curves(
    runs: Sequence[Run], rows: Mapping[str, Sequence[MetricRow]], *, revision: str, waiting: str, reveal: bool = False
) -> None:
    """Draw loss and accuracy of all runs in one picture.

    Args:
        runs: In the order they are shown.
        rows: Metric rows of each run by its id.
        revision: While it stays the same, the viewer's zoom and hidden lines are kept.
        waiting: What stands in the empty picture.
        reveal: Whether to bring the picture into view, once.
    """
    points = sum(len(found) for found in rows.values())
    alt = f"Loss and accuracy of {count(len(runs), 'model')} against epochs, {count(points, 'point')} so far."
    data = curves(runs, rows) | {"plotly": PLOTLY_URL, "revision": revision, "waiting": waiting, "alt": alt}
    data["reveal"] = reveal
    _COMPONENT(key="live-curves", data=data)
