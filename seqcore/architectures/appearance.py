"""How an architecture is called and drawn, one that this version does not have included."""

from __future__ import annotations

from dataclasses import dataclass

from seqcore.architectures.registry import get_architecture
from seqcore.errors import OptionError

UNKNOWN_COLOR = "#7c8698"  # grey, which no architecture has


@dataclass(frozen=True)
class Appearance:
    """Name and line of an architecture on every page and in every picture.

    Attributes:
        label: What people call it.
        color: `#rrggbb`.
        dash: Plotly's name of its line style.
    """

    label: str
    color: str
    dash: str


def appearance(name: str) -> Appearance:
    """How the architecture of that name looks: a plain grey line under its bare name where it does not exist any more.

    Runs outlive architectures, and a run that cannot be read is shown all the same.
    """
    try:
        known = get_architecture(name)
    except OptionError:
        return Appearance(name or "Unknown model", UNKNOWN_COLOR, "solid")
    return Appearance(known.label, known.color, known.dash)
