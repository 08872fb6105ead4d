"""“What the model will see”: the component that draws a text on its way to the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_HTML = '<div class="seen"></div>'
_SCRIPT = Path(__file__).with_name("steps.js").read_text(encoding="utf-8")
_STYLE = Path(__file__).with_name("steps.css").read_text(encoding="utf-8")
_COMPONENT = st.components.v2.component("seqlab_model_view", html=_HTML, css=_STYLE, js=_SCRIPT)


def draw_steps(view: dict[str, Any], *, stop_words: bool) -> None:
    """Draw the steps.

    Args:
        view: From `model_view`.
        stop_words: Whether removing stop words is one of the steps.
    """
    _COMPONENT(key="model-view", data=view | {"stopWords": stop_words})
