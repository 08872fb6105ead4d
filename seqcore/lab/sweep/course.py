"""What a sweep does next, decided from how its trials stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seqcore.errors import OptionError
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.proposals import Values, propose
from seqcore.lab.sweep.pruning import pruned_after
from seqcore.lab.sweep.space import Searched, value_of
from seqcore.lab.sweep.trials import Measure, Trial, TrialState, best_trial

MOST_TRIALS = 500


@dataclass(frozen=True)
class Sweep:
    """One search, for one architecture.

    Attributes:
        architecture: Its name.
        space: What is searched.
        base: The settings that it begins with; they are the first trial.
        trials: How many are tried, those that are pruned included.
        seed: Draws the proposals, and is the seed of every trial's training.
        measure: What is made better on the validation texts: a lower loss or a higher accuracy.
        prune: Whether trials that do worse than most are ended early.
    """

    architecture: str
    space: tuple[Searched, ...]
    base: Choices
    trials: int = 20
    seed: int = 100
    measure: Measure = "loss"
    prune: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.trials <= MOST_TRIALS:
            raise OptionError(
                "That is no number of trials", received=str(self.trials), remedy=f"From 1 to {MOST_TRIALS}"
            )
        if self.base.split.split_each_seed:
            raise OptionError(
                "A sweep needs one test part that no trial has seen, which new splits would mix with the rest",
                received="split_each_seed=true",
                remedy="Turn it off, and train what is found with new splits afterwards",
            )

    @property
    def first_values(self) -> Values:
        """The searched settings as they are at the beginning."""
        return {each.name: value_of(each.name, self.base) for each in self.space}

    def chosen(self, values: Values) -> Choices:
        """All settings, for some values of those that are searched.

        Raises:
            OptionError: they do not go together.
        """
        return self.base.with_values(values)


@dataclass(frozen=True)
class Step:
    """What to do now.

    Attributes:
        stop: Trials to end early.
        start: Values of a trial to begin; None: none now.
        over: Whether nothing is left to do.
    """

    stop: tuple[Trial, ...] = ()
    start: Values | None = None
    over: bool = False


def next_step(sweep: Sweep, trials: Sequence[Trial], *, places: int, possible: Callable[[Values], bool]) -> Step:
    """What to do now: end what does worse than most, begin a trial where there is a place for one, or nothing more.

    Args:
        sweep: What is searched, and how.
        trials: All so far, in the order of their numbers; those that have ended as `judged` has them.
        places: Trials that may train side by side.
        possible: Whether settings go together and fit in memory.
    """
    going = [trial for trial in trials if trial.state == TrialState.GOING]
    ended = [trial for trial in trials if trial.state != TrialState.GOING]
    hopeless = tuple(trial for trial in going if sweep.prune and pruned_after(trial, ended) is not None)
    if len(trials) >= sweep.trials:
        return Step(stop=hopeless, over=not going)
    if len(going) >= places:
        return Step(stop=hopeless)
    start = _next_values(sweep, trials, possible)
    return Step(stop=hopeless, start=start, over=start is None and not going)


def best_values(sweep: Sweep, trials: Sequence[Trial]) -> Values | None:
    """The settings that did best on the validation texts; None where no trial has finished."""
    best = best_trial(trials, sweep.measure)
    return None if best is None else best.values


def _next_values(sweep: Sweep, trials: Sequence[Trial], possible: Callable[[Values], bool]) -> Values | None:
    first = sweep.first_values
    if not trials and all(each.holds(first[each.name]) for each in sweep.space):
        return first
    return propose(sweep.space, trials, seed=sweep.seed, of=sweep.trials, measure=sweep.measure, possible=possible)
