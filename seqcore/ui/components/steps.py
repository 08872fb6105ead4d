"""“What the model will see”: the component that draws a text on its way to the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from seqcore.ui.kit.component import Component

_HTML = '<div class="seen"></div>'
_SCRIPT = Path(__file__).with_name("steps.js").read_text(encoding="utf-8")
_STYLE = Path(__file__).with_name("steps.css").read_text(encoding="utf-8")
_COMPONENT = Component("seqlab_model_view", html=_HTML, css=_STYLE, js=_SCRIPT)


def draw_view(view: dict[str, Any]) -> None:
    """Draw an example on its way to the model, piece by piece.

    Args:
        view: From the kind's `view`.
    """
    _COMPONENT(key="model-view", data=view)
