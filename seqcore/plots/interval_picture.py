"""Models on one axis of accuracy, with their intervals, those that cannot be told apart joined by a bar: as HTML.

A critical-difference diagram (Demšar, Statistical comparisons of classifiers over multiple data sets, JMLR 7, 2006)
with accuracies instead of ranks. Pages and reports style its classes; every size in it follows the text around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from seqcore.plots.canvas import short
from seqcore.plots.svg_intervals import Scored, axis_of, draw_axis, draw_bars, draw_strip


def draw_intervals(models: Sequence[Scored], guessing: float, *, bars: Sequence[range] = ()) -> str:
    """A row for each model and the axis below them.

    Args:
        models: From the top row down.
        guessing: Accuracy without a model; a dotted line where it is near.
        bars: Places of models that cannot be told apart.
    """
    axis = axis_of(models, guessing)
    rows = "".join(
        f'<div class="seqlab-interval"><span class="name"><bdi>{escape(short(model.label, 60))}</bdi></span>'
        f'<span class="picture">{draw_strip(model, axis)}</span>'
        f'<span class="bars">{draw_bars(place, bars)}</span>'
        f'<span class="number">{100 * model.accuracy:.1f}\u00a0%</span></div>'
        for place, model in enumerate(models)
    )
    ticks = f'<span class="picture"><span class="ticks">{draw_axis(axis)}</span></span>'
    empty = '<span class="bars"></span><span class="number"></span>'
    foot = f'<div class="seqlab-interval axis"><span class="name"></span>{ticks}{empty}</div>'
    return f'<div class="seqlab-intervals">{rows}{foot}</div>'


def joined(models: int, told_apart: Sequence[tuple[int, int]]) -> list[range]:
    """The places of models that no verdict tells apart, each group as large as it can be; models alone have none.

    Args:
        models: How many there are, in the order of their accuracies.
        told_apart: Places of two models of which one is better.
    """
    apart = {frozenset(pair) for pair in told_apart}
    groups: list[range] = []
    for first in range(models):
        last = first
        while last + 1 < models and all(frozenset((each, last + 1)) not in apart for each in range(first, last + 1)):
            last += 1
        group = range(first, last + 1)
        if len(group) > 1 and not any(set(group) <= set(other) for other in groups):
            groups.append(group)
    return groups
