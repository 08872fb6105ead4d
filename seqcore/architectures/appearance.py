"""How an architecture is called and drawn, one that this version does not have included."""

from __future__ import annotations

from dataclasses import dataclass

from seqcore.architectures.registry import architectures, get_architecture
from seqcore.errors import OptionError

UNKNOWN_COLOR = "#7c8698"  # grey, which no architecture has
# Plotly's names of marks, in the order in which architectures take them.
MARKS = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "x",
    "star",
    "pentagon",
    "cross",
    "triangle-down",
    "hexagon",
    "hourglass",
    "bowtie",
    "diamond-tall",
    "diamond-wide",
    "star-diamond",
    "hexagram",
    "triangle-left",
    "triangle-right",
    "star-triangle-up",
    "octagon",
)


@dataclass(frozen=True)
class Appearance:
    """Name and line of an architecture on every page and in every picture.

    Attributes:
        label: What people call it.
        color: `#rrggbb`.
        dash: Plotly's name of its line style.
        mark: Plotly's name of the marks on it.
    """

    label: str
    color: str
    dash: str
    mark: str = MARKS[0]


def appearance(name: str) -> Appearance:
    """How the architecture of that name looks: a plain grey line under its bare name where it does not exist any more.

    Runs outlive architectures, and a run that cannot be read is shown all the same.
    """
    try:
        known = get_architecture(name)
    except OptionError:
        return Appearance(name or "Unknown model", UNKNOWN_COLOR, "solid")
    position = [which.name for which in architectures()].index(name)
    return Appearance(known.label, known.color, known.dash, MARKS[position % len(MARKS)])
