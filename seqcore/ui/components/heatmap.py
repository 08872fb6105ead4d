"""The heatmap of a text: the text as it was written, each token shaded and numbered by its weight or score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seqcore.inspections.segments import Segment, full_shade, fullest
from seqcore.plots.theme import AGAINST, FOR
from seqcore.ui.components.answers import BARS_SCRIPT, BARS_STYLE, FOLDER, ModelAnswer, as_data
from seqcore.ui.kit.component import Component
from seqcore.ui.kit.escape import shorten
from seqcore.ui.kit.phrases import share

_SCRIPTS = ("directions.js", "heatmap_picture.js", "heatmap.js")
_MOST_NUMBERED = 150  # tokens up to which the numbers are shown at first
_HEATMAP = Component(
    "seqlab_heatmap",
    html='<section class="look"></section>',
    css=BARS_STYLE + (FOLDER / "heatmap.css").read_text(encoding="utf-8"),
    js=BARS_SCRIPT + "".join((FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS),
)


def draw_heatmap(answer: ModelAnswer, pieces: Sequence[Segment], *, measure: str, key: str, file: str) -> None:
    """Draw one model's look at a text, with its answer beside it.

    Args:
        answer: What the model says of the text.
        pieces: The whole text in pieces.
        measure: What the weights are shares of.
        key: Of the component.
        file: Name of the PNG file, without its ending.
    """
    data = as_data(answer) | {
        "full": full_shade(pieces),
        "measure": measure,
        "name": f"{measure.capitalize()} of {answer.label}",
        "said": _said(answer),
        "signed": False,
        "against": "",
        "answers": True,
        "file": file,
    }
    _HEATMAP(key=key, data=data | _drawn(pieces))


def draw_map(
    answer: ModelAnswer,
    pieces: Sequence[Segment],
    *,
    title: str,
    label: str | None,
    key: str,
    file: str,
    full: float | None = None,
) -> None:
    """Draw one of several maps of the same text by the same model: without its answer, which stands above them all.

    Args:
        answer: What the model says of the text.
        pieces: The whole text in pieces.
        title: What the map is called.
        label: The class that scores speak for, or below 0 against; None where they are shares that have no sign.
        key: Of the component.
        file: Name of the PNG file, without its ending.
        full: The size of a score that gets the fullest shade, of maps to be compared; by default the greatest of this.
    """
    signs = label is not None
    data = as_data(answer) | {
        "full": full if full is not None else fullest(pieces) if signs else full_shade(pieces),
        "measure": shorten(label or title.lower(), 60),
        "label": title,
        "name": f"{title} of {answer.label}",
        "said": f"{shorten(answer.label, 40)}: {_said(answer)}",
        "signed": signs,
        "against": AGAINST,
        "answers": False,
        "file": file,
    }
    _HEATMAP(key=key, data=data | ({"color": FOR} if signs else {}) | _drawn(pieces))


def _drawn(pieces: Sequence[Segment]) -> dict[str, Any]:
    weighed = [piece for piece in pieces if piece.weight is not None]
    letters = sum(len(piece.text) for piece in weighed)
    return {
        "pieces": [{"text": piece.text, "weight": piece.weight, "known": piece.known} for piece in pieces],
        "count": len(weighed),
        # Numbers under single characters would tear the words apart.
        "numbered": 0 < len(weighed) <= _MOST_NUMBERED and letters > 1.6 * len(weighed),
    }


def _said(answer: ModelAnswer) -> str:
    return f"\u2068{shorten(answer.prediction, 80)}\u2069 {share(answer.probabilities[answer.code])}"
