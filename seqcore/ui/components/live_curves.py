"""Learning curves on a page: a component that redraws without flicker and keeps the viewer's zoom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seqcore.plots import PLOT_CONFIG, ModelCurves, curves, describe_curves
from seqcore.plots.theme import DARK, TEMPLATE
from seqcore.ui.kit.component import Component
from seqcore.ui.kit.line_key import draw_line_key
from seqcore.ui.kit.plotly_script import DRAWING_SCRIPT, PLOTLY_URL

_FOLDER = Path(__file__).parent
_HTML = '<div class="seqlab-curves"></div><p role="status"></p>'
_SCRIPT = DRAWING_SCRIPT + (_FOLDER / "live_curves.js").read_text(encoding="utf-8")
# Plotly writes its style sheet into the document, which a shadow root would not see.
_COMPONENT = Component(
    "seqlab_live_curves",
    html=_HTML,
    css=(_FOLDER / "live_curves.css").read_text(encoding="utf-8"),
    js=_SCRIPT,
    isolate_styles=False,
)
_FETCH = Component("seqlab_fetch_plotly", html=_HTML, js=_SCRIPT)


def fetch_plotly() -> None:
    """Let the browser fetch Plotly's script now, so that the first curve does not wait for it."""
    _FETCH(key="fetch-plotly", data={"plotly": PLOTLY_URL})


def draw_curves(
    models: Sequence[ModelCurves], *, key: str, revision: str, epochs: float = 1.0, waiting: str = "",
    reveal: bool = False, training: bool = True, each_seed: bool = False,
) -> None:  # fmt: skip
    """Draw loss and accuracy of all models in one picture, and below it what its lines mean.

    Args:
        models: In any order.
        key: Of the picture.
        revision: While it stays the same, the viewer's zoom and hidden lines are kept.
        epochs: The least end of the x axis.
        waiting: What stands in the picture while it is empty.
        reveal: Whether to bring the picture into view, once.
        training: Whether training is drawn beside validation.
        each_seed: Whether every seed is a line of its own.
    """
    drawn = curves(models, epochs=epochs, training=training, each_seed=each_seed)
    picture = {"alt": describe_curves(models), "revision": revision, "waiting": waiting, "reveal": reveal}
    looks = {"template": TEMPLATE, "partners": DARK, "config": PLOT_CONFIG, "plotly": PLOTLY_URL}
    _COMPONENT(key=key, data=drawn | picture | looks)
    several = any(len(model.seeds) > 1 for model in models)
    best = any(seed.best for model in models for seed in model.seeds)
    draw_line_key(training=training, band=several and not each_seed, best=best)
