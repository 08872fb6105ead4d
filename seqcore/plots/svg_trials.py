"""Trials of settings as lines over parallel axes, for paper and for pages without scripts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from seqcore.plots.theme import ACCENT, FONT_SIZE, INK, NEUTRAL, PAPER, STRONG

COST = "Lowest validation loss"
_AXIS, _HEIGHT, _SIDE, _TOP, _BOTTOM = 170, 330, 92, 56, 52  # pixels; between two axes, around them
_BEST = 3  # trials of which the words say where they lie

Value = bool | int | float | str


@dataclass(frozen=True)
class TrialAxis:
    """One setting.

    Attributes:
        title: What people call it.
        values: Those to choose from; empty for a number.
        low: Its least number.
        high: Its greatest number.
        log: Whether equal ratios are equally far apart.
    """

    title: str
    values: tuple[Value, ...] = ()
    low: float = 0.0
    high: float = 1.0
    log: bool = False

    def place(self, value: Value) -> float:
        """Where a value stands, from 0 at the bottom to 1."""
        if self.values:
            return (self.values.index(value) + 0.5) / len(self.values)
        low, high, here = (math.log(each) if self.log else each for each in (self.low, self.high, float(value)))
        return (here - low) / (high - low) if high > low else 0.5

    def ticks(self) -> list[Value]:
        """The values to write beside it: all of a choice, ends and middle of a number."""
        if self.values:
            return list(self.values)
        middle = math.sqrt(self.low * self.high) if self.log else (self.low + self.high) / 2
        return [self.low, middle, self.high]


@dataclass(frozen=True)
class DrawnTrial:
    """One trial.

    Attributes:
        number: Of the trial.
        values: One for each axis.
        cost: Its lowest validation loss; infinite ones stand at the top.
        pruned: Whether it was ended early.
        chosen: Whether it did best.
    """

    number: int
    values: tuple[Value, ...]
    cost: float
    pruned: bool = False
    chosen: bool = False


def draw_svg_trials(title: str, axes: Sequence[TrialAxis], trials: Sequence[DrawnTrial]) -> str:
    """A line for each trial: solid, dashed where it was ended early, bold with marks where it did best.

    Args:
        title: What was searched.
        axes: The settings; the lowest validation loss is one more axis, the last.
        trials: At least one, in any order.
    """
    known = [trial.cost for trial in trials if math.isfinite(trial.cost)]
    cost = TrialAxis(COST, low=min(known, default=0.0), high=max(known, default=1.0))
    every, width = [*axes, cost], 2 * _SIDE + _AXIS * len(axes)
    ordered = sorted(trials, key=lambda trial: (trial.chosen, -trial.cost))  # the best lie over the others
    lines = "".join(_line(trial, every) for trial in ordered)
    said = f"{title}. {describe_trials(axes, trials)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" role="img"'
        f' aria-label="{escape(said)}" font-family="system-ui, sans-serif">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{_text(12, 22, title, "start", FONT_SIZE)}{lines}'
        f"{''.join(_axis(number, axis) for number, axis in enumerate(every))}{_legend()}</svg>\n"
    )


def describe_trials(axes: Sequence[TrialAxis], trials: Sequence[DrawnTrial]) -> str:
    """The same in words: how many, which did best, and where the best few lie."""
    if not trials:
        return "No trial was trained to its end."
    early = sum(trial.pruned for trial in trials)
    said = [f"{len(trials)} trials, {early} of them ended early." if early else f"{len(trials)} trials."]
    for trial in trials:
        if trial.chosen:
            told = ", ".join(f"{axis.title} {_short(value)}" for axis, value in zip(axes, trial.values, strict=True))
            said.append(f"Trial {trial.number} did best, with {told}; its lowest validation loss is {trial.cost:.4f}.")
    if len(trials) > 2 * _BEST:
        best = sorted(trials, key=lambda trial: trial.cost)[:_BEST]
        where = [_span(axis, [trial.values[place] for trial in best]) for place, axis in enumerate(axes)]
        said.append(f"The {_BEST} of the lowest validation loss lie at {', '.join(where)}.")
    return " ".join(said)


def _span(axis: TrialAxis, values: Sequence[Value]) -> str:
    ordered = sorted(set(values), key=axis.place)
    if axis.values or len(ordered) == 1:
        return f"{axis.title} {' or '.join(map(_short, ordered))}"
    return f"{axis.title} {_short(ordered[0])} to {_short(ordered[-1])}"


def _line(trial: DrawnTrial, axes: Sequence[TrialAxis]) -> str:
    cost = trial.cost if math.isfinite(trial.cost) else axes[-1].high
    heights = [_y(axis.place(value)) for axis, value in zip(axes, (*trial.values, cost), strict=True)]
    points = " ".join(f"{_x(number)},{height:.1f}" for number, height in enumerate(heights))
    look = f'stroke="{ACCENT}" stroke-width="1.4" opacity="0.75"'
    if trial.pruned:
        look = f'stroke="{NEUTRAL}" stroke-width="1.2" stroke-dasharray="5 4"'
    if trial.chosen:
        look = f'stroke="{STRONG}" stroke-width="3.2"'
    marks = [
        f'<circle cx="{_x(number)}" cy="{height:.1f}" r="5" fill="{STRONG}"/>' for number, height in enumerate(heights)
    ]
    name = f"<title>trial {trial.number}</title>"
    return f'<g><polyline points="{points}" fill="none" {look}/>{"".join(marks) if trial.chosen else ""}{name}</g>'


def _axis(number: int, axis: TrialAxis) -> str:
    x = _x(number)
    ticks = "".join(
        f'<line x1="{x - 4}" x2="{x}" y1="{_y(axis.place(tick)):.1f}" y2="{_y(axis.place(tick)):.1f}" stroke="{INK}"/>'
        f"{_halo(x - 8, _y(axis.place(tick)) + 4, _short(tick))}"
        for tick in axis.ticks()
    )
    return (
        f'<line x1="{x}" x2="{x}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}" stroke="{INK}" stroke-width="1.2"/>{ticks}'
        f"{_text(x, _HEIGHT - _BOTTOM + 20, axis.title, 'middle', 13)}"
    )


def _legend() -> str:
    """What the three kinds of lines are."""
    kinds = (
        ("did best", f'stroke="{STRONG}" stroke-width="3.2"'),
        ("finished", f'stroke="{ACCENT}" stroke-width="1.4"'),
        ("ended early", f'stroke="{NEUTRAL}" stroke-width="1.2" stroke-dasharray="5 4"'),
    )
    y = _HEIGHT - 10
    return "".join(
        f'<line x1="{12 + 112 * place}" x2="{40 + 112 * place}" y1="{y - 4}" y2="{y - 4}" {look}/>'
        f"{_text(46 + 112 * place, y, name, 'start', 12)}"
        for place, (name, look) in enumerate(kinds)
    )


def _x(number: int) -> int:
    return _SIDE + _AXIS * number


def _y(place: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * place


def _short(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _halo(x: float, y: float, written: str) -> str:
    """A number that stays readable where lines cross it."""
    look = f'paint-order="stroke" stroke="{PAPER}" stroke-width="4"'
    return _text(x, y, written, "end", 12).replace("<text ", f"<text {look} ", 1)


def _text(x: float, y: float, written: str, anchor: str, size: int) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{INK}">{escape(written)}</text>'
    )
