"""An architecture's line as an image, for tables and scripts."""

from __future__ import annotations

import base64

from seqcore.architectures import appearance
from seqcore.ui.kit.swatch import RHYTHMS


def dash_array(architecture: str) -> str:
    """The rhythm of its dashes as SVG says it; empty for a solid line."""
    dash = appearance(architecture).dash
    return "" if dash == "solid" else " ".join(map(str, RHYTHMS.get(dash, ())))


def line_image(architecture: str) -> str:
    """The line as a `data:` URL; colour and rhythm come from the registry, never from a person."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="132" height="56" viewBox="-16 -7 66 28">'
        f'<line x1="0" y1="7" x2="34" y2="7" stroke="{appearance(architecture).color}" stroke-width="6"'
        f' stroke-dasharray="{dash_array(architecture)}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
