"""The marks of lines as SVG draws them, under Plotly's names."""

from __future__ import annotations

import math


def _ring(corners: int, turn: float, inner: float = 1.0) -> list[tuple[float, float]]:
    """Corners on a circle of radius 1, every second one at `inner`; `turn` is in parts of a full circle."""
    angles = [2 * math.pi * (number / corners + turn) for number in range(corners)]
    radii = [inner if number % 2 else 1.0 for number in range(corners)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle, radius in zip(angles, radii, strict=True)]


_ARM = 0.38
_CROSS = [(_ARM, 1), (_ARM, _ARM), (1, _ARM), (1, -_ARM), (_ARM, -_ARM), (_ARM, -1), (-_ARM, -1), (-_ARM, -_ARM),
          (-1, -_ARM), (-1, _ARM), (-_ARM, _ARM), (-_ARM, 1)]  # fmt: skip
_SHAPES: dict[str, list[tuple[float, float]]] = {
    "circle": _ring(24, 0),
    "square": [(0.88 * x, 0.88 * y) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))],
    "diamond": [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
    "triangle-up": _ring(3, -0.25),
    "x": [((x - y) * 0.75, (x + y) * 0.75) for x, y in _CROSS],
    "star": _ring(10, -0.25, 0.45),
    "pentagon": _ring(5, -0.25),
    "cross": _CROSS,
    "triangle-down": _ring(3, 0.25),
    "hexagon": _ring(6, 0),
    "hourglass": [(-1, -1), (1, -1), (-1, 1), (1, 1)],
    "bowtie": [(-1, -1), (1, 1), (1, -1), (-1, 1)],
    "diamond-tall": [(0, -1.4), (0.7, 0), (0, 1.4), (-0.7, 0)],
    "diamond-wide": [(0, -0.7), (1.4, 0), (0, 0.7), (-1.4, 0)],
    "star-diamond": _ring(8, -0.25, 0.45),
    "hexagram": _ring(12, -0.25, 0.58),
}


def mark_svg(mark: str, color: str, x: float, y: float, radius: float, *, variant: int = 0) -> str:
    """A mark as an element of an SVG.

    Args:
        mark: Plotly's name of its shape.
        color: `#rrggbb`.
        x: Of its centre.
        y: Of its centre.
        radius: Of the circle around it.
        variant: 0: filled; else hollow, and from 2 on with a dot, as in pictures.
    """
    corners = _SHAPES.get(mark, _SHAPES["circle"])
    points = " ".join(f"{x + radius * dx:.1f},{y + radius * dy:.1f}" for dx, dy in corners)
    if not variant:
        return f'<polygon points="{points}" fill="{color}"/>'
    dot = f'<circle cx="{x}" cy="{y}" r="{radius * 0.35:.1f}" fill="{color}"/>' if variant % 4 >= 2 else ""
    fill = color if variant % 4 == 3 else "none"
    return f'<polygon points="{points}" fill="{fill}" stroke="{color}" stroke-width="1.8"/>{dot}'
