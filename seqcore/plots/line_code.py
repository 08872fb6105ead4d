"""One code for lines in every picture: colour, dash and mark are the architecture; thin without marks is training."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from seqcore.architectures import appearance, architectures

_VARIANTS = ("", "-open", "-open-dot", "-dot")  # of an architecture that stands in one picture more than once
MOST_MARKS = 14  # on one line; more of them would hide its dashes


def line_style(architecture: str, *, training: bool = False) -> dict[str, Any]:
    """How Plotly draws the line of an architecture: thin for what it was trained on, bold for everything else."""
    known = appearance(architecture)
    return {"color": known.color, "dash": known.dash, "width": 1.3 if training else 3}


def mark_style(architecture: str, variant: int = 0, *, size: int = 9) -> dict[str, Any]:
    """How Plotly draws its marks.

    Args:
        architecture: Gives colour and shape.
        variant: 0 for the first line of the architecture in a picture, 1 for the second ...
        size: Pixels.
    """
    known = appearance(architecture)
    return {
        "color": known.color, "size": size, "symbol": known.mark + _VARIANTS[variant % len(_VARIANTS)],
        "line": {"color": known.color, "width": 2 if variant else 0},
    }  # fmt: skip


def variants(drawn: Iterable[str]) -> list[int]:
    """For each of these architectures, how many before it are the same."""
    seen: dict[str, int] = {}
    found = []
    for name in drawn:
        found.append(seen.get(name, 0))
        seen[name] = found[-1] + 1
    return found


def place(architecture: str) -> int:
    """Where an architecture stands in every legend; one that does not exist any more stands last."""
    names = [which.name for which in architectures()]
    return names.index(architecture) if architecture in names else len(names)
