"""A button that copies a link to the page it stands on: one press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from seqcore.ui.kit.component import Component

_FOLDER = Path(__file__).parent
_HTML = (
    '<div class="copy"><button type="button"></button><span role="status"></span>'
    '<input readonly hidden aria-label="Link"></div>'
)
_COMPONENT = Component(
    "seqlab_copy_link",
    html=_HTML,
    css=(_FOLDER / "copy_link.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "copy_link.js").read_text(encoding="utf-8"),
)


def _nothing() -> None:
    """Nothing is to be done."""


def draw_copy_link(
    label: str, about: str, parameters: Mapping[str, str], *, key: str, on_copied: Callable[[], None] = _nothing
) -> None:
    """Draw the button.

    Args:
        label: What it says.
        about: What the link does for whoever has it; stands beside it.
        parameters: What the link says after the page's own address.
        key: Of the component.
        on_copied: Called once it was pressed.
    """
    data = {"label": label, "about": about, "query": urlencode(parameters)}
    _COMPONENT(key=key, data=data, on_copied_change=on_copied)
