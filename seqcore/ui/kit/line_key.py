"""What thin, bold, shaded and ringed lines mean, below every picture of learning curves."""

from __future__ import annotations

import streamlit as st

from seqcore.plots.line_image import image_of
from seqcore.plots.theme import NEUTRAL

_BOLD = '<path d="M1 8H39" stroke-width="3"/>'
_SAMPLES = {
    "training": '<path d="M1 8H39" stroke-width="1.3"/>',
    "validation": f'{_BOLD}<circle cx="20" cy="8" r="4.5" fill="{NEUTRAL}" stroke="none"/>',
    "band": f'<path d="M1 3H39V13H1Z" fill="{NEUTRAL}" opacity="0.3" stroke="none"/>{_BOLD}',
    "best": '<circle cx="20" cy="8" r="6.5" stroke-width="2.2"/>',
}
_WORDS = {
    "training": "thin: training",
    "validation": "bold, with marks: validation",
    "band": "shaded: mean and range of the seeds",
    "best": "ringed: best epoch",
}


def draw_line_key(*, training: bool, band: bool, best: bool) -> None:
    """Draw a sample of each kind of line that is in the picture, with its meaning."""
    drawn = {"training": training, "validation": True, "band": band, "best": best}
    st.html("".join(_entry(kind) for kind, is_drawn in drawn.items() if is_drawn))


def _entry(kind: str) -> str:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="32" viewBox="0 0 40 16" fill="none"'
        f' stroke="{NEUTRAL}">{_SAMPLES[kind]}</svg>'
    )
    return (
        '<span style="display:inline-flex;align-items:center;gap:0.5rem;margin:0 1.6rem 0.2rem 0;font-size:0.94rem">'
        f'<img src="{image_of(svg)}" width="40" height="16" alt="">{_WORDS[kind]}</span>'
    )
