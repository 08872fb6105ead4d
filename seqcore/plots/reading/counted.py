"""A model that counts: the words of a text as a bag, each with how often it is in there."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from seqcore.plots.canvas import short
from seqcore.plots.reading import pen
from seqcore.plots.reading.picture import Drawn, ReadText

_WIDTH, _SHOWN = 600, 3
_WORD, _COUNTS = 28, 118


def draw(read: ReadText) -> Drawn:
    """The first words of a text, and how often some of its words and pairs occur in all of it."""
    words = list(read.words[:5])
    first = _WIDTH / 2 - 58 * (len(words) - 1)
    parts = []
    for place, said in enumerate(words):
        x = first + 116 * place
        parts.append(pen.word(x, _WORD, said, 104))
        parts.append(pen.flow(f"M{x} {_WORD + 20}L{_WIDTH / 2 + (x - _WIDTH / 2) * 0.55:g} {_COUNTS - 24}"))
    if len(read.words) > len(words):
        parts.append(pen.text(_WIDTH - 6, _WORD + 6, "…", size=22, anchor="end"))
    counted = _counted(read)
    height = 24 + 34 * len(counted)
    look = f'fill="{read.color}" fill-opacity="0.15" stroke="{read.color}" stroke-width="2.5"'
    parts.append(f'<rect x="130" y="{_COUNTS - 20}" width="340" height="{height}" rx="16" {look}/>')
    for place, (said, times) in enumerate(counted):
        y = _COUNTS + 14 + 34 * place
        parts.append(pen.text(156, y, short(said, 26), size=19, anchor="start"))
        parts.append(pen.text(444, y, times, size=19, anchor="end", bold=True))
    top = _COUNTS - 20 + height
    parts.append(pen.flow(f"M{_WIDTH / 2} {top}V{top + 38}", strong=True))
    parts.append(pen.symbol(_WIDTH / 2 + 14, top + 24, "x", anchor="start"))
    formula = read.head.replace("s", "x", 1) if read.head.startswith("σ") else "softmax(W·x + b)"
    head, bottom = pen.answer(_WIDTH / 2, top + 40, read.classes, formula, read.color)
    told = ", ".join(f"“{said}” {times.strip('× ')} times" for said, times in counted if times != "…")
    return Drawn(
        pen.picture([*parts, head], _WIDTH, bottom + 4, read.color),
        f"The text is a bag of counts: {told}, and so on; the order of the words is gone. A weight for each goes to "
        f"the head, which gives a probability to each class: {read.named()}.",
    )


def _counted(read: ReadText) -> list[tuple[str, str]]:
    """Some words and pairs of the text with how often they occur, the most frequent first."""
    words = Counter(read.words).most_common(_SHOWN)
    pairs = Counter(f"{first} {second}" for first, second in pairwise(read.words)).most_common(2)
    found = [(said, f"× {times}") for said, times in (*words, *pairs)]
    return [*found, ("…", "…")] if len(read.words) > _SHOWN else found
