"""The picture of a sweep, and the words that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.architectures import appearance
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.trials import Trial, TrialState, best_trial, comparable_trials
from seqcore.plots.svg_trials import draw_svg_trials
from seqcore.plots.trial_axes import DrawnTrial, TrialAxis, describe_trials


def picture_of(sweep: Sweep, trials: Sequence[Trial]) -> str:
    """Its trials over parallel axes, as SVG; those that failed or were stopped by a person are left out."""
    label = f"Sweep of {appearance(sweep.architecture).label}"
    return draw_svg_trials(label, axes_of(sweep), drawn_trials(sweep, comparable_trials(trials)))


def words_of(sweep: Sweep, trials: Sequence[Trial]) -> str:
    """The same in words."""
    return describe_trials(axes_of(sweep), drawn_trials(sweep, comparable_trials(trials)))


def axes_of(sweep: Sweep) -> list[TrialAxis]:
    """An axis for each setting that is searched."""
    return [TrialAxis(each.title, each.values, each.low, each.high, each.log) for each in sweep.space]


def drawn_trials(sweep: Sweep, trials: Sequence[Trial]) -> list[DrawnTrial]:
    """Trials as they are drawn."""
    best = best_trial(trials, sweep.measure)
    return [
        DrawnTrial(
            trial.number, tuple(trial.values[each.name] for each in sweep.space), trial.lowest_loss,
            pruned=trial.state == TrialState.PRUNED, chosen=trial is best, going=trial.state == TrialState.GOING,
        )
        for trial in trials
    ]  # fmt: skip
