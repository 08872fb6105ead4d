"""A short piece of an architecture's line, beside its name."""

from __future__ import annotations

import streamlit as st

from seqcore.plots.line_image import HEIGHT, WIDTH, line_image


def swatch(architecture: str, variant: int = 0) -> None:
    """Draw the line that stands for an architecture on every page; its name stands beside it.

    Args:
        architecture: Gives the line.
        variant: Which mark it has, where several lines of the architecture are in one picture.
    """
    st.html(swatch_html(architecture, variant), width="content")


def swatch_html(architecture: str, variant: int = 0) -> str:
    """The line as one element."""
    image = line_image(architecture, variant)
    return f'<img src="{image}" width="{WIDTH}" height="{HEIGHT}" alt="" style="display:block">'
