"""Models that read all words at once: filters over neighbours, and every word looking at every other."""

from __future__ import annotations

from itertools import pairwise

from seqcore.architectures import Stage
from seqcore.plots.canvas import short
from seqcore.plots.reading import pen
from seqcore.plots.reading.picture import Drawn, ReadText

_WIDTH, _MOST, _PITCH = 600, 5, 112
_WORD, _VECTOR = 28, 74
_CELLS, _SIDE = 4, 14


def draw_convolution(read: ReadText) -> Drawn:
    """Filters of two words at every place, and the strongest answer of each."""
    words, columns, parts = _words(read)
    middle, row = _WIDTH / 2, 186
    for x, following in pairwise(columns):
        corners = f"{x - 26},{_VECTOR + 18} {following + 26},{_VECTOR + 18} {(x + following) / 2 + 24},{row - 4}"
        corners += f" {(x + following) / 2 - 24},{row - 4}"
        look = f'fill="{read.color}" fill-opacity="0.13" stroke="{read.color}" stroke-width="1.6"'
        parts.append(f'<polygon points="{corners}" {look} stroke-linejoin="round"/>')
    for place, (x, following) in enumerate(pairwise(columns), start=1):
        at = (x + following) / 2
        parts.append(pen.vector(at, row, read.color, cells=3, side=_SIDE))
        parts.append(pen.symbol(at + 36, row + 14, "c", str(place), size=18))
        parts.append(pen.flow(f"M{at} {row + 16}L{middle + (at - middle) * 0.3:g} {row + 62}"))
    if len(columns) == 1:  # a filter that sees one word and the edge of the text
        parts.append(pen.flow(f"M{middle} {_VECTOR + 18}V{row + 62}", strong=True))
    parts.append(pen.box(middle, row + 90, "the largest of each filter", read.color, width=280, height=50))
    top = row + 146
    parts.append(pen.flow(f"M{middle} {row + 115}V{top - 3}", strong=True))
    svg = _ended(parts, top, read)
    pairs = [f"“{short(first, 16)} {short(second, 16)}”" for first, second in pairwise(words)]
    seen = ", ".join(pairs) or f"“{short(words[0], 20)}”"
    return Drawn(
        svg,
        f"Filters of two words, here, look at {seen}. Only the largest answer of each filter, wherever it was, goes to "
        f"the head, which gives a probability to each class: {read.named()}.",
    )


def draw_average(stage: Stage, read: ReadText) -> Drawn:
    """A vector for every word and for every two neighbours, where these have some, and the mean of all."""
    words, columns, parts = _words(read)
    middle, row, pairs = _WIDTH / 2, 150, "n-grams" in stage.parts
    for place, (x, following) in enumerate(pairwise(columns) if pairs else (), start=1):
        at = (x + following) / 2
        parts += [pen.flow(f"M{end} {_VECTOR + 18}L{at} {row - 4}", width=1.1) for end in (x, following)]
        parts.append(pen.vector(at, row, read.color, cells=_CELLS, side=_SIDE, hatched=range(_CELLS)))
        parts.append(pen.symbol(at - 43, row + 13, "v", str(place), size=18))
        parts.append(pen.flow(f"M{at} {row + 17}L{middle + (at - middle) * 0.4:g} {row + 60}"))
    for x in columns:
        parts.append(pen.flow(f"M{x} {_VECTOR + 18}V{row + 22}L{middle + (x - middle) * 0.45:g} {row + 60}", width=1.1))
    parts.append(pen.box(middle, row + 88, "the mean of all", read.color, width=280, height=50))
    top = row + 144
    parts.append(pen.flow(f"M{middle} {row + 113}V{top - 3}", strong=True))
    svg = _ended(parts, top, read)
    named = ", ".join(f"“{short(word, 16)}”" for word in words)
    grams = " So have every two neighbours, from a table that all of these share by hashing." if pairs else ""
    return Drawn(
        svg,
        f"Each of the words {named} has a vector.{grams} The mean of all vectors goes to the head, which gives a "
        f"probability to each class: {read.named()}.",
    )


def draw_self_attention(stage: Stage, read: ReadText) -> Drawn:
    """Every word's vector becomes a sum over all of them; one word's looking stands out."""
    words, columns, parts = _words(read, sign="+ position")
    row, chosen = 218, min(1, len(columns) - 1)
    for place, target in enumerate(columns):
        if place != chosen:
            parts += [pen.flow(f"M{x} {_VECTOR + 36}L{target} {row - 4}", width=0.9, head=False) for x in columns]
    for number, x in enumerate(columns, start=1):
        parts.append(pen.flow(f"M{x} {_VECTOR + 36}L{columns[chosen]} {row - 5}", strong=True, width=2.6))
        at = x + (columns[chosen] - x) * 0.24
        parts.append(pen.symbol(at + (14 if x >= columns[chosen] else -14), _VECTOR + 70, "a", str(number), size=17))
    for number, x in enumerate(columns, start=1):
        parts.append(pen.vector(x, row, read.color, cells=_CELLS, side=_SIDE))
        parts.append(pen.symbol(x - 43, row + 13, "x", str(number), size=18))
        parts.append(pen.flow(f"M{x} {row + 16}L{_WIDTH / 2 + (x - _WIDTH / 2) * 0.3:g} {row + 60}"))
    parts.append(pen.box(_WIDTH / 2, row + 88, "the mean of all words", read.color, width=280, height=50))
    top = row + 144
    parts.append(pen.flow(f"M{_WIDTH / 2} {row + 113}V{top - 3}", strong=True))
    svg = _ended(parts, top, read)
    heads = next((axis.size for axis in stage.shape or () if axis.name == "heads"), 1)
    named = ", ".join(f"“{short(word, 16)}”" for word in words)
    return Drawn(
        svg,
        f"Each of the words {named} has a vector with its position. Every word looks at every word, with weights a "
        f"that sum to 1, in {heads} heads side by side: for “{short(words[chosen], 16)}” they are drawn in colour. The "
        f"mean of what the words have become goes to the head, which gives a probability to each class: "
        f"{read.named()}.",
    )


def _words(read: ReadText, sign: str = "") -> tuple[list[str], list[float], list[str]]:
    """The first words, where they stand, and their pieces with their vectors."""
    words = list(read.words[:_MOST])
    first = _WIDTH / 2 - _PITCH * (len(words) - 1) / 2
    columns = [first + _PITCH * place for place in range(len(words))]
    parts = []
    for number, (x, said) in enumerate(zip(columns, words, strict=True), start=1):
        parts.append(pen.word(x, _WORD, said, _PITCH - 12) + pen.flow(f"M{x} {_WORD + 20}V{_VECTOR - 3}"))
        parts.append(pen.vector(x, _VECTOR, read.color, cells=_CELLS, side=_SIDE))
        if sign:
            parts.append(pen.text(x, _VECTOR + 31, f"{sign} {number}", size=14.5, muted=True))
        else:
            parts.append(pen.symbol(x - 43, _VECTOR + 13, "x", str(number), size=18))
    if len(read.words) > len(words):
        parts.append(pen.text(_WIDTH - 4, _WORD + 6, "…", size=22, anchor="end"))
    return words, columns, parts


def _ended(parts: list[str], top: float, read: ReadText) -> str:
    """The vector that goes to the head, and the head."""
    middle = _WIDTH / 2
    parts.append(pen.vector(middle, top, read.color) + pen.symbol(middle + 50, top + 14, "s", anchor="start"))
    parts.append(pen.flow(f"M{middle} {top + 16}V{top + 40}"))
    head, bottom = pen.answer(middle, top + 42, read.classes, read.head, read.color)
    return pen.picture([*parts, head], _WIDTH, bottom + 4, read.color)
