"""Whole sweeps without an engine: an objective that is known says what every trial scores."""

import math
from dataclasses import replace

import pytest

from seqcore.errors import OptionError
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.course import Sweep, best_values, next_step
from seqcore.lab.sweep.pruning import judged
from seqcore.lab.sweep.space import search_space
from seqcore.lab.sweep.trials import Trial, TrialState, best_trial

BASE = Choices(architectures=("lstm",))


def a_sweep(ticked="units,learning_rate", **own) -> Sweep:
    return Sweep("lstm", search_space("lstm", ticked.split(","), BASE), BASE, **{"trials": 25, "seed": 7} | own)


def bowl(values) -> float:
    """Lowest, 0.1, at 64 units and a learning rate of 0.003."""
    units, rate = math.log2(values["lstm.units"] / 64), math.log10(values["learning_rate"] / 0.003)
    return 0.1 + 0.05 * units**2 + 0.2 * rate**2


def course(sweep: Sweep, objective=bowl, *, places=1, possible=lambda values: True) -> list[Trial]:
    """Every trial takes four epochs; with several places, the last to begin is the first to end."""
    trials: list[Trial] = []
    while True:
        step = next_step(sweep, trials, places=places, possible=possible)
        if step.start is not None:
            trials.append(Trial(len(trials), step.start))
        elif step.over:
            return trials
        else:
            last = max(trial.number for trial in trials if trial.state == TrialState.GOING)
            trials[last] = _ended(sweep, trials, last, objective(trials[last].values))


def _ended(sweep: Sweep, trials: list[Trial], number: int, cost: float) -> Trial:
    done = replace(
        trials[number], state=TrialState.FINISHED, losses=tuple(cost + late for late in (0.3, 0.2, 0.1, 0.0)),
        loss=cost, accuracy=1 - cost / 2,
    )  # fmt: skip
    peers = [each for each in trials if each.state != TrialState.GOING]
    return judged(done, peers) if sweep.prune else done


def test_the_first_trial_is_what_the_sweep_began_with():
    assert course(a_sweep(trials=1))[0].values == {"lstm.units": 32, "learning_rate": 0.001}


def test_a_sweep_ends_after_its_trials_and_finds_better_settings():
    trials = course(a_sweep())
    best = best_values(a_sweep(), trials)
    assert len(trials) == 25
    assert bowl(best) < 0.13 < bowl(trials[0].values)
    assert any(trial.state == TrialState.PRUNED for trial in trials)


def test_the_model_of_the_objective_beats_chance():
    sweeps = [course(a_sweep(seed=seed, prune=False)) for seed in range(5)]
    early, late = (
        sum(bowl(trial.values) - 0.1 for trials in sweeps for trial in trials[some]) / (5 * (some.stop - some.start))
        for some in (slice(1, 8), slice(15, 25))
    )
    assert late < 0.6 * early


def test_the_same_seed_proposes_the_same_and_another_one_does_not():
    assert course(a_sweep(trials=12)) == course(a_sweep(trials=12))
    assert course(a_sweep(trials=3, seed=8)) != course(a_sweep(trials=3))


def test_trials_side_by_side_never_exceed_the_places_and_are_all_different():
    trials = course(a_sweep(trials=12), places=3)
    assert len({tuple(trial.values.items()) for trial in trials}) == len(trials) == 12


def test_by_accuracy_the_highest_wins():
    trials = course(a_sweep(trials=9, measure="accuracy", prune=False))
    assert best_trial(trials, "accuracy") == max(trials, key=lambda trial: trial.accuracy)


def test_a_small_space_is_tried_once_and_no_more():
    trials = course(a_sweep("lowercase,optimizer=adam/sgd", trials=20), lambda values: 0.5)
    assert len({tuple(sorted(trial.values.items())) for trial in trials}) == len(trials) == 4


def test_settings_that_do_not_go_together_are_not_tried():
    trials = course(a_sweep(trials=10), possible=lambda values: values["lstm.units"] % 2 == 0)
    assert all(trial.values["lstm.units"] % 2 == 0 for trial in trials)


def test_a_loss_that_is_not_a_number_never_wins_and_stops_nothing():
    trials = course(a_sweep(trials=12), lambda v: math.nan if v["learning_rate"] > 0.002 else bowl(v))
    assert len(trials) == 12
    assert best_values(a_sweep(), trials)["learning_rate"] <= 0.002


def test_a_trial_that_trains_is_ended_when_it_does_worse_than_most():
    sweep = a_sweep()
    peers = [Trial(n, {}, TrialState.FINISHED, (0.5, 0.4, 0.3), 0.3, 0.9) for n in range(4)]
    going = Trial(4, {}, TrialState.GOING, (0.9, 0.9, 0.9))
    assert next_step(sweep, [*peers, going], places=1, possible=bool).stop == (going,)
    assert next_step(replace(sweep, prune=False), [*peers, going], places=1, possible=bool).stop == ()


@pytest.mark.parametrize("trials", [0, -1, 501])
def test_a_number_of_trials_that_makes_no_sense_is_refused(trials):
    with pytest.raises(OptionError, match="number of trials"):
        a_sweep(trials=trials)


def test_a_new_split_for_each_seed_is_refused_for_the_test_part_must_stay_unseen():
    with pytest.raises(OptionError, match="one test part that no trial has seen"):
        replace(a_sweep(), base=BASE.with_values({"split_each_seed": True}))


def test_without_a_finished_trial_nothing_is_best():
    assert best_values(a_sweep(), [Trial(0, {}, TrialState.FAILED)]) is None
