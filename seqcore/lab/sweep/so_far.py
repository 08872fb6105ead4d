"""A sweep as far as it has come, for whoever looks at it: its driver, a page, the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seqcore.analysis.importance import Importance, importances
from seqcore.errors import NotFoundError
from seqcore.lab.sweep.course import Sweep, best_values
from seqcore.lab.sweep.final import Over
from seqcore.lab.sweep.stored import read_search, read_trial
from seqcore.lab.sweep.trials import Trial, TrialState, best_trial, comparable_trials, trial_of
from seqcore.store import MetricRow

if TYPE_CHECKING:
    from seqcore.store import Store, SweepRecord

ABOUT_TRIALS = (
    "These are trials of a sweep, chosen by their validation texts: "
    "their test scores are no comparison and are not shown."
)


@dataclass(frozen=True)
class SoFar:
    """A sweep and its trials.

    Attributes:
        sweep: What is searched, and how.
        seeds: The fresh ones that judge what it finds.
        trials: In the order of their numbers.
        experiment_id: Whose runs they are; empty before the first.
    """

    sweep: Sweep
    seeds: tuple[int, ...]
    trials: tuple[Trial, ...] = ()
    experiment_id: str = ""

    @property
    def best(self) -> Trial | None:
        """The trial that did best on the validation texts; None where none has finished."""
        return best_trial(self.trials, self.sweep.measure)

    @property
    def over(self) -> Over:
        """What was found."""
        return Over(self.sweep, best_values(self.sweep, self.trials))

    @property
    def ended(self) -> int:
        """How many trials have ended, however they did."""
        return sum(trial.state != TrialState.GOING for trial in self.trials)

    @property
    def comparable(self) -> list[Trial]:
        """Trials that trained for as long as the sweep let them."""
        return comparable_trials(self.trials)

    def importances(self) -> list[Importance]:
        """How much goes along with each setting, by the lowest validation loss of the comparable trials."""
        known = self.comparable
        columns = {each.title: [trial.values[each.name] for trial in known] for each in self.sweep.space}
        return importances(columns, [trial.lowest_loss for trial in known])


def sweep_so_far(store: Store, record: SweepRecord) -> SoFar:
    """A sweep that is kept; trials that still train have their losses until now.

    Raises:
        OptionError: what is stored cannot be read.
    """
    planned = read_search(record)
    space = planned.sweep.space
    trials = [read_trial(each, space) for each in store.sweeps.trials(record.id)]
    going = {trial.run_id: trial.number for trial in trials if trial.state == TrialState.GOING}
    rows: dict[str, list[MetricRow]] = {run_id: [] for run_id in going}
    for _, run_id, row in store.measurements.rows(going):
        rows[run_id].append(row)
    for run_id, number in going.items():
        try:
            run = store.runs.get(record.workspace, run_id)
        except NotFoundError:
            continue
        seen = trial_of(run, number, space, rows[run_id])
        trials[number] = replace(trials[number], losses=seen.losses)  # how it ended its driver says
    return SoFar(planned.sweep, planned.seeds, tuple(trials), record.experiment_id or "")


def about_trials(record: SweepRecord) -> str:
    """Why the test scores of a sweep's trials are not compared, and where those are that may be."""
    if record.final_experiment_id:
        return f"{ABOUT_TRIALS} Those that are judged are in experiment {record.final_experiment_id}."
    return f"{ABOUT_TRIALS} Those that are judged come when the sweep is over." if record.is_open else ABOUT_TRIALS
