"""A short piece of an architecture's line, beside its name."""

from __future__ import annotations

import streamlit as st

from seqcore.ui.kit.line_image import HEIGHT, WIDTH, line_image


def swatch(architecture: str) -> None:
    """Draw the line that stands for an architecture on every page; its name stands beside it."""
    st.html(swatch_html(architecture), width="content")


def swatch_html(architecture: str) -> str:
    """The line as one element."""
    return f'<img src="{line_image(architecture)}" width="{WIDTH}" height="{HEIGHT}" alt="" style="display:block">'
