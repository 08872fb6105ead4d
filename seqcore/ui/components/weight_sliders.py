"""Weights that can be moved: a slider a word, which together always are 100 %. All of it in the browser."""

from __future__ import annotations

import math
from collections.abc import Sequence

from seqcore.architectures import appearance
from seqcore.ui.components.answers import BARS_SCRIPT, BARS_STYLE, FOLDER
from seqcore.ui.kit.component import Component
from seqcore.ui.kit.escape import shorten

MOST_SLIDERS = 120  # words that have one; of more, those with the greatest weights
_SLIDERS = Component(
    "seqlab_weight_sliders",
    html='<section class="weights"></section>',
    css=BARS_STYLE + (FOLDER / "weight_sliders.css").read_text(encoding="utf-8"),
    js=BARS_SCRIPT + (FOLDER / "weight_sliders.js").read_text(encoding="utf-8"),
)


def draw_weight_sliders(words: Sequence[str], own: Sequence[float], *, architecture: str, key: str) -> list[float]:
    """Draw them, with buttons for weights that one wants often.

    Raising one weight lets all others shrink in proportion, so that the sum stays 1.

    Args:
        words: Of the text, at least one.
        own: The model's weights, one a word, summing to 1.
        architecture: Gives the colour.
        key: Of the component; another text or model needs another.

    Returns:
        The weights as somebody left them last, at first `own`; summing to 1 but for rounding.
    """
    greatest = sorted(range(len(words)), key=lambda place: -own[place])[:MOST_SLIDERS]
    data = {
        "own": list(own),
        "rows": [{"place": place, "word": shorten(words[place], 60)} for place in sorted(greatest)],
        "color": appearance(architecture).color,
    }
    found = _SLIDERS(key=key, data=data, on_weights_change=_nothing)
    return usable(getattr(found, "weights", None), len(words)) or list(own)


def usable(given: object, words: int) -> list[float] | None:
    """What a browser sent, where it is weights of so many words; it could send anything."""
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != words:
        return None
    if not all(isinstance(each, int | float) and math.isfinite(each) and each >= 0 for each in given):
        return None
    weights = [float(each) for each in given]
    return weights if sum(weights) > 0 else None


def _nothing() -> None:
    """A component tells of a change only where somebody listens."""
