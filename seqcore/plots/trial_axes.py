"""Trials of settings over parallel axes: what is drawn, and the same in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

COST = "Lowest validation loss"
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
        going: Whether it still trains.
    """

    number: int
    values: tuple[Value, ...]
    cost: float
    pruned: bool = False
    chosen: bool = False
    going: bool = False


def cost_axis(trials: Sequence[DrawnTrial]) -> TrialAxis:
    """The last axis, from the lowest to the highest validation loss that is a number."""
    known = [trial.cost for trial in trials if math.isfinite(trial.cost)]
    return TrialAxis(COST, low=min(known, default=0.0), high=max(known, default=1.0))


def describe_trials(axes: Sequence[TrialAxis], trials: Sequence[DrawnTrial]) -> str:
    """The same in words: how many, which did best, and where the best few lie."""
    if not trials:
        return "No trial was trained to its end."
    early = sum(trial.pruned for trial in trials)
    said = [f"{len(trials)} trials, {early} of them ended early." if early else f"{len(trials)} trials."]
    for trial in trials:
        if trial.chosen:
            told = ", ".join(
                f"{axis.title} {short_value(value)}" for axis, value in zip(axes, trial.values, strict=True)
            )
            said.append(f"Trial {trial.number} did best, with {told}; its lowest validation loss is {trial.cost:.4f}.")
    if len(trials) > 2 * _BEST:
        best = sorted(trials, key=lambda trial: trial.cost)[:_BEST]
        where = [_span(axis, [trial.values[place] for trial in best]) for place, axis in enumerate(axes)]
        said.append(f"The {_BEST} of the lowest validation loss lie at {', '.join(where)}.")
    return " ".join(said)


def _span(axis: TrialAxis, values: Sequence[Value]) -> str:
    ordered = sorted(set(values), key=axis.place)
    if axis.values or len(ordered) == 1:
        return f"{axis.title} {' or '.join(map(short_value, ordered))}"
    return f"{axis.title} {short_value(ordered[0])} to {short_value(ordered[-1])}"


def short_value(value: Value) -> str:
    """A value as it stands beside an axis."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.3g}" if isinstance(value, float) else str(value)
