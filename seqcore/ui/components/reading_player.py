"""Reads a text word by word: the words read so far, and what each model says after them. All in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seqcore.architectures import appearance
from seqcore.plots.line_image import line_image
from seqcore.ui.components.answers import BARS_SCRIPT, BARS_STYLE, FOLDER
from seqcore.ui.kit.component import Component
from seqcore.ui.kit.escape import shorten

_SCRIPTS = ("directions.js", "reading_player.js")
_PLAYER = Component(
    "seqlab_reading_player",
    html='<section class="player"></section>',
    css=BARS_STYLE + (FOLDER / "reading_player.css").read_text(encoding="utf-8"),
    js=BARS_SCRIPT + "".join((FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS),
)


@dataclass(frozen=True)
class Reader:
    """One model that reads along.

    Attributes:
        label: Name of the model.
        architecture: Gives its colour and dashes.
        values: Probability of the class after each word; None where it has read nothing yet.
        says: What it would answer there; empty where it has read nothing yet.
    """

    label: str
    architecture: str
    values: Sequence[float | None]
    says: Sequence[str]


def draw_player(
    text: str, spans: Sequence[tuple[int, int]], readers: Sequence[Reader], *, label: str, step: int, key: str
) -> int:
    """Draw it, with a slider and a button that plays.

    Args:
        text: That is read.
        spans: Where each word that one can stop at begins and ends, as Python indices, rising.
        readers: The models.
        label: The class whose probability is told.
        step: The word at which it stands, from 0.
        key: Of the component.

    Returns:
        The word at which somebody stopped it last, from 0.
    """
    pieces, position = [], 0
    for start, end in spans:
        start = max(start, position)
        pieces.append({"gap": text[position:start], "word": text[start:end]})
        position = max(position, end)
    data = {
        "pieces": pieces,
        "rest": text[position:],
        "class": shorten(label, 60),
        "step": step,
        "readers": [
            {
                "label": reader.label,
                "color": appearance(reader.architecture).color,
                "line": line_image(reader.architecture),
                "values": list(reader.values),
                "says": [shorten(said, 60) for said in reader.says],
            }
            for reader in readers
        ],
    }
    found = _PLAYER(key=key, data=data, on_step_change=_nothing)
    stopped = getattr(found, "step", None)
    return stopped if isinstance(stopped, int) and 0 <= stopped < len(spans) else step


def _nothing() -> None:
    """A component tells of a change only where somebody listens."""
