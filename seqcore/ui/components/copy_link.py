"""A button that copies a link to the page it stands on: one press."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

_FOLDER = Path(__file__).parent
_HTML = (
    '<div class="copy"><button type="button"></button><span role="status"></span>'
    '<input readonly hidden aria-label="Link"></div>'
)
_COMPONENT = st.components.v2.component(
    "seqlab_copy_link",
    html=_HTML,
    css=(_FOLDER / "copy_link.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "copy_link.js").read_text(encoding="utf-8"),
)


def draw_copy_link(label: str, about: str, parameters: Mapping[str, str], *, key: str) -> None:
    """Draw the button.

    Args:
        label: What it says.
        about: What the link does for whoever has it; stands beside it.
        parameters: What the link says after the page's own address.
        key: Of the component.
    """
    _COMPONENT(key=key, data={"label": label, "about": about, "query": urlencode(parameters)})
