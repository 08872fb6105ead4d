"""What to try next: a tree-structured Parzen estimator (Bergstra et al., 2011), in Optuna's implementation.

A proposal is a function of the trials so far, the seed and the number of the trial, so it can be repeated at any time
and nothing of Optuna has to be kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from seqcore.lab.sweep.space import Searched, Value
from seqcore.lab.sweep.trials import Measure, Trial, TrialState

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.trial import FrozenTrial

ATTEMPTS = 60  # until a proposal is found that is new and possible
FIRST_RANDOM = 10  # trials at random before any is modelled, in a sweep that is long enough

Values = Mapping[str, Value]


def propose(
    space: Sequence[Searched],
    trials: Sequence[Trial],
    *,
    seed: int,
    of: int,
    measure: Measure,
    possible: Callable[[Values], bool],
) -> Values | None:
    """Settings to try next; None where nothing new is found.

    Args:
        space: What is searched.
        trials: Those so far, also those that still train.
        seed: Draws the proposals.
        of: Trials planned; a third of them, but at most ten, are drawn at random.
        measure: What is made small.
        possible: Whether settings go together.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    distributions = {each.name: _distribution(each) for each in space}
    known = [_frozen(trial, distributions, measure) for trial in trials]
    tried = [dict(trial.values) for trial in trials]
    for attempt in range(ATTEMPTS):
        drawn = np.random.SeedSequence((seed, len(trials), attempt)).generate_state(1)[0]
        sampler = optuna.samplers.TPESampler(
            seed=int(drawn), n_startup_trials=min(FIRST_RANDOM, max(3, of // 3)), multivariate=len(space) > 1
        )
        study = optuna.create_study(sampler=sampler)
        study.add_trials(known)
        asked = study.ask(distributions).params
        values = {each.name: _readable(asked[each.name], each) for each in space}
        if values not in tried and possible(values):
            return values
    return None


def _readable(value: Value, searched: Searched) -> Value:
    """A number with three digits that count, so that it can be told and typed; no training could tell the rest."""
    if not isinstance(value, float):
        return value
    return min(max(float(f"{value:.3g}"), searched.low), searched.high)


def _distribution(searched: Searched) -> BaseDistribution:
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    if searched.values:
        return CategoricalDistribution(searched.values)
    if searched.whole:
        return IntDistribution(int(searched.low), int(searched.high), log=searched.log)
    return FloatDistribution(searched.low, searched.high, log=searched.log)


def _frozen(trial: Trial, distributions: Mapping[str, BaseDistribution], measure: Measure) -> FrozenTrial:
    """A trial as Optuna has it; its losses are given where it was pruned, as there is no other sign of how it did."""
    from optuna.trial import TrialState as State
    from optuna.trial import create_trial

    finished, pruned = trial.state == TrialState.FINISHED, trial.state == TrialState.PRUNED
    states = {TrialState.FINISHED: State.COMPLETE, TrialState.PRUNED: State.PRUNED, TrialState.GOING: State.RUNNING}
    given: dict[str, Any] = {"value": trial.cost(measure)} if finished else {}
    if pruned:
        losses = enumerate(trial.losses, start=1)
        given["intermediate_values"] = {epoch: loss if math.isfinite(loss) else math.inf for epoch, loss in losses}
    return create_trial(
        state=states.get(trial.state, State.FAIL),
        params=dict(trial.values),
        distributions=dict(distributions),
        **given,
    )
