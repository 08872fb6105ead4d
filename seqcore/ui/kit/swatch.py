"""A short piece of an architecture's line, in its colour and its dashes."""

from __future__ import annotations

import streamlit as st

from seqcore.architectures import Appearance, Architecture

# Pixels of ink and of gap in turn for each of Plotly's dashes: the rhythm of a line wherever it is drawn.
RHYTHMS = {
    "solid": (34, 0),
    "dot": (4, 4),
    "dash": (9, 4),
    "longdash": (15, 4),
    "dashdot": (10, 4, 4, 4),
    "longdashdot": (15, 4, 4, 4),
}


def swatch(architecture: Architecture | Appearance) -> None:
    """Draw the line that stands for an architecture on every page."""
    st.html(swatch_html(architecture), width="content")


def swatch_html(architecture: Architecture | Appearance) -> str:
    """The line as one element; colour and rhythm come from the registry, never from a person."""
    stops: list[str] = []
    position = 0
    for number, pixels in enumerate(RHYTHMS.get(architecture.dash, RHYTHMS["solid"])):
        color = "transparent" if number % 2 else architecture.color
        stops.append(f"{color} {position}px {position + pixels}px")
        position += pixels
    gradient = f"repeating-linear-gradient(90deg, {', '.join(stops)})"
    return f'<div aria-hidden="true" style="width:34px;height:6px;border-radius:3px;background:{gradient}"></div>'
