"""A tensor as a block: how wide, high and deep it is says how many numbers it has along each side."""

from __future__ import annotations

import math
from collections.abc import Sequence

_LEAST, _STEP, _MOST = 7.0, 7.5, 92.0  # pixels of a side of 1, more for each doubling, at most
_SLANT = 0.42  # of the depth, to the right and up


def draw_tensor(shape: Sequence[int], color: str) -> str:
    """The block as an SVG; its sides grow with the logarithm of their sizes, or a long one would dwarf the others.

    Args:
        shape: Sizes of the sides, the last one as its width, the one before it as its height, all others as its depth.
        color: Of the architecture.
    """
    sides = [1, 1, *shape][-3:]
    sides[0] = math.prod(shape[:-2]) if len(shape) > 2 else 1
    if len(shape) == 2:  # texts by numbers: flat, and as deep as there are texts
        sides = [shape[0], 1, shape[1]]
    depth, height, width = (min(_MOST, _LEAST + _STEP * math.log2(max(side, 1))) for side in sides)
    slant = depth * _SLANT
    front = f"M1 {slant + 1:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"
    top = f"M1 {slant + 1:.1f}l{slant:.1f} {-slant:.1f}h{width:.1f}l{-slant:.1f} {slant:.1f}z"
    side = f"M{width + 1:.1f} {slant + 1:.1f}l{slant:.1f} {-slant:.1f}v{height:.1f}l{-slant:.1f} {slant:.1f}z"
    faces = "".join(
        f'<path d="{path}" fill="{color}" fill-opacity="{share}" stroke="{color}" stroke-width="1.4"'
        ' stroke-linejoin="round"/>'
        for path, share in ((front, 0.34), (top, 0.16), (side, 0.52))
    )
    box = f"{width + slant + 2:.0f} {height + slant + 2:.0f}"
    across, down = box.split()
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box}" width="{across}" height="{down}">{faces}</svg>'
