"""Filters that look back over gaps which double: what the last step has seen, and by which way."""

from __future__ import annotations

from seqcore.architectures import Stage
from seqcore.plots.canvas import short
from seqcore.plots.reading import pen
from seqcore.plots.reading.picture import Drawn, ReadText

_WIDTH, _MOST, _PITCH = 600, 5, 112
_WORD, _ROWS = 28, (74, 160, 246)  # heights of the words, of their vectors, and of two blocks
_CELLS, _SIDE, _SEEN = 4, 14, 3  # steps that a filter sees


def draw(stage: Stage, read: ReadText) -> Drawn:
    """The last words of a text through two blocks to the last step, its own way in colour."""
    words = list(read.words[-_MOST:])
    first = _WIDTH / 2 - _PITCH * (len(words) - 1) / 2
    columns = [first + _PITCH * place for place in range(len(words))]
    numbers = [str(place) for place in range(1, len(words))] if len(words) == len(read.words) else [""] * len(words)
    parts = []
    for x, said in zip(columns, words, strict=True):
        parts.append(pen.word(x, _WORD, said, _PITCH - 12) + pen.flow(f"M{x} {_WORD + 20}V{_ROWS[0] - 3}"))
    if len(words) < len(read.words):
        parts.append(pen.text(14, _WORD + 6, "…", size=22))
    parts += _looks(columns)
    for row, y in enumerate(_ROWS):
        for place, x in enumerate(columns):
            parts.append(pen.vector(x, y, read.color, cells=_CELLS, side=_SIDE))
            if row == 0 and place < len(numbers) and numbers[place]:
                parts.append(pen.symbol(x - 43, y + 13, "x", numbers[place], size=18))
    parts.append(pen.symbol(columns[-1] + 43, _ROWS[0] + 13, "x", "T", size=18))
    svg = _ended(parts, columns[-1], read)
    named = f"“{short(read.words[0], 20)}” to “{short(read.words[-1], 20)}”" if len(read.words) > 1 else (
        f"“{short(read.words[0], 20)}”"
    )  # fmt: skip
    return Drawn(
        svg,
        f"The words from {named} have a vector each. Filters see a step and steps before it, never one that follows: "
        "neighbours in the first block, every second step in the next, and so on, twice as far from block to block. "
        f"{stage.says} It goes to the head, which gives a probability to each class: {read.named()}.",
    )


def _looks(columns: list[float]) -> list[str]:
    """What each step looks at in the row above, thin; on the way to the last step, strong."""
    weak, strong = list[str](), list[str]()
    on_the_way = {len(columns) - 1}
    for row in (2, 1):
        gap = 2 ** (row - 1)
        seen = set[int]()
        for place, x in enumerate(columns):
            for back in range(0, _SEEN * gap, gap):
                if place < back:
                    continue
                path = f"M{columns[place - back]} {_ROWS[row - 1] + 17}L{x} {_ROWS[row] - 4}"
                if place in on_the_way:
                    strong.append(pen.flow(path, strong=True, width=2.4))
                    seen.add(place - back)
                else:
                    weak.append(pen.flow(path, width=0.9, head=False))
        on_the_way = seen
    return weak + strong


def _ended(parts: list[str], last: float, read: ReadText) -> str:
    """The last step's vector, which goes to the head."""
    middle, top = _WIDTH / 2, _ROWS[-1] + 58
    turn = f"V{top - 20}H{middle}" if last != middle else ""
    parts.append(pen.flow(f"M{last} {_ROWS[-1] + 17}{turn}V{top - 3}", strong=True))
    parts.append(pen.vector(middle, top, read.color) + pen.symbol(middle + 50, top + 14, "s", anchor="start"))
    parts.append(pen.flow(f"M{middle} {top + 16}V{top + 40}"))
    head, bottom = pen.answer(middle, top + 42, read.classes, read.head, read.color)
    return pen.picture([*parts, head], _WIDTH, bottom + 4, read.color)
