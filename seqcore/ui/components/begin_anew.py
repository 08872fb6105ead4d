"""The way to the first page as if one had never been here: by loading it, which ends the session."""

from __future__ import annotations

from pathlib import Path

from seqcore.ui.kit.component import Component

_SCRIPT = Path(__file__).with_name("begin_anew.js").read_text(encoding="utf-8")
_COMPONENT = Component("seqlab_begin_anew", html="<span hidden></span>", js=_SCRIPT)


def begin_anew() -> None:
    """Load the first page."""
    _COMPONENT(key="begin-anew")
