"""Accuracies with their intervals on one axis: one strip a model, as wide as the page lets it be.

Positions are percentages, so that a strip may be any width and nothing in it is stretched; its colours are right on
light and on dark pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from seqcore.architectures import appearance
from seqcore.plots.canvas import short
from seqcore.plots.mark_shapes import mark_svg
from seqcore.plots.theme import NEUTRAL

_HEIGHT = 34  # pixels of a strip
_COLUMN = 14  # pixels of a bar beside the strips
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)  # between two lines of the grid
_MOST_LINES = 5
_ROOM = 0.01  # of accuracy beyond the outermost interval


@dataclass(frozen=True)
class Scored:
    """A model on the axis.

    Attributes:
        label: What people call it.
        architecture: Gives colour and mark.
        variant: How many models of the same architecture come before it.
        accuracy: Its mean.
        low: Where its interval begins.
        high: Where it ends.
        low_of_texts: Where the part of the interval begins that other texts alone would explain.
        high_of_texts: Where that ends.
        seeds: The accuracy of each of its seeds.
    """

    label: str
    architecture: str
    variant: int
    accuracy: float
    low: float
    high: float
    low_of_texts: float
    high_of_texts: float
    seeds: tuple[float, ...] = ()


@dataclass(frozen=True)
class Axis:
    """What the strips have in common.

    Attributes:
        low: Its left end, a share.
        high: Its right end.
        ticks: Where its lines stand.
        guessing: Where what needs no model stands; None when that is left of the axis.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    guessing: float | None = None

    def at(self, share: float) -> float:
        """Where a share stands, in per cent of the width."""
        return 100 * (share - self.low) / (self.high - self.low)


def axis_of(models: Sequence[Scored], guessing: float) -> Axis:
    """An axis with room for all models; guessing is on it unless it would push them into a corner."""
    lowest = min(min(each.low, *each.seeds, each.accuracy) for each in models)
    highest = max(max(each.high, *each.seeds, each.accuracy) for each in models)
    width = max(highest - lowest, 0.02)
    shown = guessing if guessing >= lowest - width else None
    low = max(0.0, min([lowest, *([] if shown is None else [shown])]) - _ROOM)
    high = min(1.0, highest + _ROOM)
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_LINES), _STEPS[-1])
    first, last = -int(-low / step // 1), int(high / step + 1e-9)
    return Axis(low, high, tuple(number * step for number in range(first, last + 1)), shown)


def draw_strip(model: Scored, axis: Axis) -> str:
    """One model: its mean, its interval, thick where texts alone explain it, and of several seeds a line for each."""
    color, middle = appearance(model.architecture).color, _HEIGHT // 2
    low, high, mean = (f"{axis.at(share):.2f}%" for share in (model.low, model.high, model.accuracy))
    inner, outer = (f"{axis.at(share):.2f}%" for share in (model.low_of_texts, model.high_of_texts))
    seeds = "".join(
        f'<line x1="{axis.at(share):.2f}%" x2="{axis.at(share):.2f}%" y1="{middle - 13}" y2="{middle - 7}"'
        f' stroke="{color}" stroke-width="2"/>'
        for share in (model.seeds if len(model.seeds) > 1 else ())
    )
    ends = "".join(
        f'<line x1="{x}" x2="{x}" y1="{middle - 6}" y2="{middle + 6}" stroke="{color}" stroke-width="2"/>'
        for x in (low, high)
    )
    mark = mark_svg(appearance(model.architecture).mark, color, 0, 0, 7, variant=model.variant)
    return _strip(
        axis,
        f'<line x1="{low}" x2="{high}" y1="{middle}" y2="{middle}" stroke="{color}" stroke-width="2"/>'
        f'<line x1="{inner}" x2="{outer}" y1="{middle}" y2="{middle}" stroke="{color}" stroke-width="6"/>{ends}{seeds}'
        f'<svg x="{mean}" y="{middle}" overflow="visible">{mark}</svg>',
        label=describe_intervals([model]),
    )


def draw_axis(axis: Axis) -> str:
    """The numbers below the strips, as HTML."""
    return "".join(f'<span style="left:{axis.at(tick):.2f}%">{100 * tick:.0f}\u00a0%</span>' for tick in axis.ticks)


def describe_intervals(models: Sequence[Scored]) -> str:
    """The same in words."""
    return "; ".join(
        f"{short(each.label)}: {100 * each.accuracy:.1f}\u00a0%, "
        f"interval {100 * each.low:.1f} to {100 * each.high:.1f}\u00a0%"
        for each in models
    )


def draw_bars(place: int, bars: Sequence[range]) -> str:
    """What stands beside one model: of each bar that joins models, the piece that belongs to its strip.

    Args:
        place: Of the model, from the top.
        bars: The places that each of them joins; each has a column of its own.
    """
    pieces = [
        f'<line x1="{_COLUMN * (column + 0.5):g}" x2="{_COLUMN * (column + 0.5):g}"'
        f' y1="{50 if place == bar.start else 0}%" y2="{50 if place == bar.stop - 1 else 100}%"'
        f' stroke="{NEUTRAL}" stroke-width="4"/>'
        for column, bar in enumerate(bars)
        if place in bar
    ]
    return _image("".join(pieces), width=f"{_COLUMN * len(bars)}px") if bars else ""


def _strip(axis: Axis, inside: str, *, label: str) -> str:
    grid = "".join(
        f'<line x1="{axis.at(tick):.2f}%" x2="{axis.at(tick):.2f}%" y1="0" y2="{_HEIGHT}" stroke="{NEUTRAL}"'
        ' stroke-opacity="0.3"/>'
        for tick in axis.ticks
    )
    if axis.guessing is not None:
        x = f"{axis.at(axis.guessing):.2f}%"
        grid += (
            f'<line x1="{x}" x2="{x}" y1="0" y2="{_HEIGHT}" stroke="{NEUTRAL}" stroke-width="1.5"'
            ' stroke-dasharray="2 3"/>'
        )
    return _image(f"{grid}{inside}", width="100%", alt=label)


def _image(inside: str, *, width: str, alt: str = "") -> str:
    """An image of its own: what pages let in of HTML has no SVG in it."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%" overflow="visible">{inside}</svg>'
    source = f"data:image/svg+xml,{quote(svg)}"
    return f'<img class="strip" src="{source}" alt="{escape(alt)}" style="width:{width};height:{_HEIGHT}px">'
