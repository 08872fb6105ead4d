"""An architecture's line, in its colour, its dashes and its mark, as it is drawn in every picture."""

from __future__ import annotations

import base64
import re
from html import escape

from seqcore.architectures import Appearance, appearance
from seqcore.plots.mark_shapes import mark_svg

# Pixels of ink and of gap in turn for each of Plotly's dashes: the rhythm of a line wherever it is drawn.
RHYTHMS = {
    "solid": (),
    "dot": (3, 3),
    "dash": (6, 3),
    "longdash": (11, 3),
    "dashdot": (8, 3, 2, 3),
    "longdashdot": (11, 3, 2, 3),
}
WIDTH, HEIGHT = 34, 14


def line_svg(look: Appearance, variant: int = 0, *, margin: int = 0) -> str:
    """The line as an SVG; colour, rhythm and mark come from the registry, never from a person.

    Args:
        look: Of the architecture.
        variant: How many lines of the architecture come before it in the same picture.
        margin: Around it, in its own pixels.
    """
    width, height = WIDTH + 2 * margin, HEIGHT + 2 * margin
    dashes = " ".join(map(str, RHYTHMS.get(look.dash, ())))
    middle = HEIGHT / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{3 * width}" height="{3 * height}"'
        f' viewBox="{-margin} {-margin} {width} {height}">'
        f'<line x1="0" y1="{middle}" x2="{WIDTH}" y2="{middle}" stroke="{look.color}" stroke-width="3"'
        f' stroke-dasharray="{dashes}"/>{mark_svg(look.mark, look.color, WIDTH / 2, middle, 5, variant=variant)}</svg>'
    )


def line_image(architecture: str, variant: int = 0, *, margin: int = 0) -> str:
    """The line as an image, for pages, tables and scripts alike."""
    return image_of(line_svg(appearance(architecture), variant, margin=margin))


def image_of(svg: str) -> str:
    """An SVG of ours as a `data:` URL: Streamlit lets no SVG into its pages, but images of it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def image_element(svg: str, *, alt: str = "", look: str = "") -> str:
    """The same as an element that keeps its place free before it is drawn: nothing jumps when it comes.

    Args:
        svg: Of ours; it says its own width and height.
        alt: What it shows, in words; empty where the words stand beside it.
        look: Class of the style sheet.
    """
    width, height = (re.search(rf'<svg[^>]* {side}="([\d.]+)"', svg) for side in ("width", "height"))
    if width is None or height is None:
        raise ValueError("a picture that does not say how large it is")
    named = f'class="{look}" ' if look else ""
    size = f'width="{float(width[1]):.0f}" height="{float(height[1]):.0f}"'
    return f'<img {named}src="{image_of(svg)}" {size} alt="{escape(alt)}">'
