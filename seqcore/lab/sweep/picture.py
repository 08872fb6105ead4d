"""The picture of a sweep, and the words that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.architectures import appearance
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.trials import Trial, TrialState, best_trial, comparable_trials
from seqcore.plots.svg_trials import DrawnTrial, TrialAxis, describe_trials, draw_svg_trials


def picture_of(sweep: Sweep, trials: Sequence[Trial]) -> str:
    """Its trials over parallel axes, as SVG; those that failed or were stopped by a person are left out."""
    return draw_svg_trials(f"Sweep of {appearance(sweep.architecture).label}", _axes(sweep), _drawn(sweep, trials))


def words_of(sweep: Sweep, trials: Sequence[Trial]) -> str:
    """The same in words."""
    return describe_trials(_axes(sweep), _drawn(sweep, trials))


def _axes(sweep: Sweep) -> list[TrialAxis]:
    return [TrialAxis(each.title, each.values, each.low, each.high, each.log) for each in sweep.space]


def _drawn(sweep: Sweep, trials: Sequence[Trial]) -> list[DrawnTrial]:
    best = best_trial(trials, sweep.measure)
    return [
        DrawnTrial(
            trial.number, tuple(trial.values[each.name] for each in sweep.space), trial.lowest_loss,
            pruned=trial.state == TrialState.PRUNED, chosen=trial is best,
        )
        for trial in comparable_trials(trials)
    ]  # fmt: skip
