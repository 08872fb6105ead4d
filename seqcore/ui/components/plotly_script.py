"""Plotly's own script, served from the installed package, so that live curves are drawn offline too."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path

PLOTLY_URL = f"/vendor/plotly-{importlib.metadata.version('plotly')}.min.js"


def plotly_path() -> Path:
    """Where the script lies.

    Raises:
        FileNotFoundError: Plotly is not installed.
    """
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("plotly is not installed")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"
