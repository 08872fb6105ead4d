"""Plotly's own script, which every picture is drawn with: kept here packed, so that it is small and there offline.

The `plotly` package brings the whole of plotly.js, 1.4 MB packed; Streamlit brings it once more. We draw lines, bars
and heatmaps only, which the "cartesian" bundle of the same version does in a third of that. `make plotly` fetches it.
"""

from __future__ import annotations

from pathlib import Path

PLOTLY_VERSION = "4.1.1"  # of plotly.js: the one that the installed `plotly` package writes its figures for
PLOTLY_URL = f"/vendor/plotly-cartesian-{PLOTLY_VERSION}.min.js"
_FOLDER = Path(__file__).parent
# Written before the script of every component that draws pictures.
DRAWING_SCRIPT = (_FOLDER / "plotly.js").read_text(encoding="utf-8")


def plotly_path() -> Path:
    """Where the script lies, packed with gzip."""
    return _FOLDER / "vendor" / f"plotly-cartesian-{PLOTLY_VERSION}.min.js.gz"
