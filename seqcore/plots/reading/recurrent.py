"""A recurrent network unrolled over a text: the same cell at every word, its state going from word to word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from seqcore.architectures import Stage
from seqcore.plots.canvas import short
from seqcore.plots.reading import pen
from seqcore.plots.reading.picture import Drawn, ReadText

_WIDTH, _PITCH = 600, 176  # of the picture; from one word's column to the next
_WORD, _VECTOR, _FORWARD, _BACKWARD = 30, 80, 158, 252  # heights of the rows
_TALL = 54  # a cell
_OUT = 38  # of two cells in a column: how far left of its middle the upper one's state goes down


def draw(stage: Stage, read: ReadText, *, attends: bool) -> Drawn:
    """One text through one recurrent stage, then through attention or straight to the head."""
    unrolled = _Unrolled(stage, read)
    parts = [*unrolled.words(), *unrolled.forward(), *(unrolled.backward() if stage.both_ways else ())]
    summed, top = unrolled.attended() if attends else unrolled.last_states()
    head, bottom = pen.answer(_WIDTH / 2, top, read.classes, read.head, read.color)
    svg = pen.picture([*parts, *summed, head], _WIDTH, bottom + 4, read.color)
    return Drawn(svg, _told(stage, read, attends=attends))


class _Unrolled:
    """Where everything stands, and its pieces from the top down."""

    def __init__(self, stage: Stage, read: ReadText) -> None:
        self.color, self.cell, self.carries, self.both = read.color, stage.cell, stage.carries, stage.both_ways
        self.ends = read.ends
        self.gap = len(read.words) > len(self.ends)  # before the last of them, words are left out
        first = _WIDTH / 2 - _PITCH * (len(self.ends) - 1) / 2
        self.columns = [first + _PITCH * place for place in range(len(self.ends))]
        self.aside = 16 if self.both else 0  # the two cells of a column stand beside each other, a little
        self.half = 44 if self.both else 52
        self.lowest = (_BACKWARD if self.both else _FORWARD) + _TALL / 2

    def words(self) -> Iterator[str]:
        """The words, their vectors, and what leads from these to the cells."""
        for x, (said, index) in zip(self.columns, self.ends, strict=True):
            yield pen.word(x, _WORD, said, 152)
            yield pen.flow(f"M{x} {_WORD + 20}V{_VECTOR - 3}")
            yield pen.vector(x, _VECTOR, self.color)
            yield pen.symbol(x - 58, _VECTOR + 14, "x", index)
            yield pen.flow(f"M{x - self.aside} {_VECTOR + 16}V{_FORWARD - _TALL / 2 - 2}")
            if self.both:
                yield pen.flow(f"M{x + 40} {_VECTOR + 8}H{x + 47}V{_BACKWARD - _TALL / 2 - 2}")

    def forward(self) -> Iterator[str]:
        """The cells from left to right, with what each hands to the next."""
        columns = [x - self.aside for x in self.columns]
        first = columns[0] - self.half
        for y, label, letter in self._rows(_FORWARD):
            yield pen.text(first - 53, y + 5, "0", size=16, muted=True)
            yield pen.flow(f"M{first - 44} {y}H{first - 3}", strong=True)
            for place, (x, following) in enumerate(pairwise(columns)):
                yield self._carried(x + self.half, following - self.half - 3, y, place)
                middle = (x + following) / 2 - 4 + (12 if self.both else 0) - (13 if self._is_gap(place) else 0)
                over = "→" if self.both else ""
                yield pen.symbol(middle, label, letter, self.ends[place][1], size=17, over=over)
        for x in columns:
            yield pen.box(x, _FORWARD, self.cell, self.color, width=2 * self.half, height=_TALL)

    def backward(self) -> Iterator[str]:
        """The cells from right to left."""
        columns = [x + self.aside for x in self.columns]
        last = columns[-1] + self.half
        for y, label, letter in self._rows(_BACKWARD):
            yield pen.text(last + 53, y + 5, "0", size=16, muted=True)
            yield pen.flow(f"M{last + 44} {y}H{last + 3}", strong=True, dashed=True)
            for place, (x, following) in enumerate(pairwise(columns)):
                yield self._carried(following - self.half, x + self.half + 3, y, place, dashed=True)
                middle = (x + following) / 2 + (13 if self._is_gap(place) else -6)
                yield pen.symbol(middle, label, letter, self.ends[place + 1][1], size=17, over="←")
        for x in columns:
            yield pen.box(x, _BACKWARD, self.cell, self.color, width=2 * self.half, height=_TALL, dashed=True)

    def _rows(self, y: float) -> list[tuple[float, float, str]]:
        """Of each thing that is carried: its height, the height of its label, its letter."""
        if len(self.carries) == 1:
            return [(y, y - 8, self.carries[0])]
        return [(y - 11, y - 19, self.carries[0]), (y + 12, y + 31, self.carries[1])]

    def last_states(self) -> tuple[list[str], float]:
        """What is left when everything was read, on its way to the head; and where it ends."""
        middle, last = _WIDTH / 2, self.ends[-1][1]
        if not self.both:
            y = self.lowest + 34
            down = f"M{self.columns[-1]} {self.lowest}V{y - 14}H{middle}V{y - 3}"
            straight = f"M{middle} {self.lowest}V{y - 3}"
            state = pen.symbol(middle - 62, y + 14, "h", last) + pen.symbol(middle + 50, y + 14, "= s", anchor="start")
            path = straight if self.columns[-1] == middle else down
            return [pen.flow(path, strong=True), pen.vector(middle, y, self.color), state, self._to_head(y)], y + 42
        y = self.lowest + 44
        from_right = f"M{self.columns[-1] - _OUT} {_FORWARD + _TALL / 2 + 4}V{y - 18}H{middle + 22}V{y - 3}"
        from_left = f"M{self.columns[0] + self.aside} {self.lowest + 4}V{y - 18}H{middle - 22}V{y - 3}"
        return [
            pen.flow(from_right, strong=True, over=True),
            pen.flow(from_left, strong=True, over=True, dashed=True),
            pen.vector(middle, y, self.color, cells=6, hatched=range(3)),
            pen.symbol(middle - 54, y + 15, "h", "1", over="←", anchor="end"),
            pen.symbol(middle + 54, y + 15, "h", last, over="→", anchor="start"),
            self._to_head(y),
        ], y + 42

    def attended(self) -> tuple[list[str], float]:
        """The states of all words, a weight for each, and their sum on its way to the head; and where it ends."""
        y, middle, parts = self.lowest + 26, _WIDTH / 2, list[str]()
        node, reach = y + 82, 20
        cells, hatched = (6, range(3, 6)) if self.both else (pen.CELLS, range(0))
        for x, (_, index) in zip(self.columns, self.ends, strict=True):
            if self.both:
                parts.append(pen.flow(f"M{x - _OUT} {_FORWARD + _TALL / 2 + 4}V{y - 3}", over=True))
            parts.append(pen.flow(f"M{x + self.aside} {self.lowest}V{y - 3}"))
            parts.append(pen.vector(x, y, self.color, cells=cells, hatched=hatched))
            parts.append(pen.symbol(x - 62, y + 14, "h", index))
            aside = x - middle
            length = (aside**2 + (node - y - 17) ** 2) ** 0.5
            end = (middle + aside * (reach + 3) / length, node - (node - y - 17) * (reach + 3) / length)
            parts.append(pen.flow(f"M{x} {y + 17}L{end[0]:.1f} {end[1]:.1f}", strong=True, width=3.5))
            place = (x - aside * 0.42 + (18 if not aside else 0), y + 42 + (18 if aside else 4))
            parts.append(pen.symbol(*place, "α", index, size=19, anchor="start" if aside == 0 else ""))
        if self.gap:
            parts.append(pen.text((self.columns[-1] + self.columns[-2]) / 2, y + 12, "…", size=22))
        parts.append(
            f'<circle cx="{middle}" cy="{node}" r="{reach}" class="paper"/>'
            f'<circle cx="{middle}" cy="{node}" r="{reach}" fill="{self.color}"'
            f' fill-opacity="0.15" stroke="{self.color}" stroke-width="2.5"/>'
        )
        parts += [
            pen.text(middle, node + 8, "Σ", size=22),
            pen.flow(f"M{middle} {node + reach}V{node + 41}", strong=True),
        ]
        top = node + 44
        parts.append(pen.vector(middle, top, self.color, cells=cells, hatched=hatched))
        parts += [pen.symbol(middle + 56, top + 14, "s", anchor="start"), self._to_head(top)]
        return parts, top + 42

    def _to_head(self, y: float) -> str:
        return pen.flow(f"M{_WIDTH / 2} {y + 16}V{y + 40}")

    def _is_gap(self, place: int) -> bool:
        return self.gap and place == len(self.columns) - 2

    def _carried(self, start: float, end: float, y: float, place: int, *, dashed: bool = False) -> str:
        """What goes from a cell to the next one, or to and from those that are left out."""
        if not self._is_gap(place):
            return pen.flow(f"M{start} {y}H{end}", strong=True, dashed=dashed, over=self.both)
        way = 1 if end > start else -1
        middle = (start + end) / 2 + way * 6
        leaves = pen.flow(f"M{start} {y}H{middle - way * 12}", strong=True, dashed=dashed, head=False, over=self.both)
        arrives = pen.flow(f"M{middle + way * 12} {y}H{end}", strong=True, dashed=dashed, over=self.both)
        return leaves + pen.text(middle, y + 3, "…", size=20) + arrives


def _words(number: int) -> str:
    return "1 word" if number == 1 else f"{number} words"


def _told(stage: Stage, read: ReadText, *, attends: bool) -> str:
    names = ", ".join(f"“{short(said, 20)}”" for said, _ in read.ends)
    left_out = len(read.words) - len(read.ends)
    said = [f"{stage.title} reads {names}" + (f" and {_words(left_out)} between" if left_out else "") + "."]
    said.append(f"Each word's vector goes into the same {stage.cell} cell, with the state that the word before left.")
    if stage.both_ways:
        said.append("A second cell reads from the last word to the first.")
    if attends:
        said.append("Each state gets a weight α; their weighted sum s goes to the head")
    else:
        ends = "last states of both" if stage.both_ways else "last state"
        said.append(f"The {ends} {'go' if stage.both_ways else 'goes'} to the head")
    return " ".join(said) + f", which gives a probability to each class: {read.named()}."
