"""Trials of settings as lines over parallel axes, for paper and for pages without scripts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from seqcore.plots.theme import ACCENT, FONT_SIZE, INK, NEUTRAL, PAPER, STRONG
from seqcore.plots.trial_axes import DrawnTrial, TrialAxis, cost_axis, describe_trials, short_value

_AXIS, _HEIGHT, _SIDE, _TOP, _BOTTOM = 170, 330, 92, 56, 52  # pixels; between two axes, around them


def draw_svg_trials(title: str, axes: Sequence[TrialAxis], trials: Sequence[DrawnTrial]) -> str:
    """A line for each trial: solid, dashed where it was ended early, bold with marks where it did best.

    Args:
        title: What was searched.
        axes: The settings; the lowest validation loss is one more axis, the last.
        trials: At least one, in any order.
    """
    every, width = [*axes, cost_axis(trials)], 2 * _SIDE + _AXIS * len(axes)
    ordered = sorted(trials, key=lambda trial: (trial.chosen, -trial.cost))  # the best lie over the others
    lines = "".join(_line(trial, every) for trial in ordered)
    said = f"{title}. {describe_trials(axes, trials)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" role="img"'
        f' aria-label="{escape(said)}" font-family="system-ui, sans-serif">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{_text(12, 22, title, "start", FONT_SIZE)}{lines}'
        f"{''.join(_axis(number, axis) for number, axis in enumerate(every))}{_legend()}</svg>\n"
    )


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
        f"{_halo(x - 8, _y(axis.place(tick)) + 4, short_value(tick))}"
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


def _halo(x: float, y: float, written: str) -> str:
    """A number that stays readable where lines cross it."""
    look = f'paint-order="stroke" stroke="{PAPER}" stroke-width="4"'
    return _text(x, y, written, "end", 12).replace("<text ", f"<text {look} ", 1)


def _text(x: float, y: float, written: str, anchor: str, size: int) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{INK}">{escape(written)}</text>'
    )
