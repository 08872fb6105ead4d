"""A sweep under way: its trials are runs of one experiment, on the engine's queue with all others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from seqcore.architectures import appearance
from seqcore.errors import OptionError, TrainingError
from seqcore.lab.rename import rename_experiment, rename_run
from seqcore.lab.start import start_experiment
from seqcore.lab.stop import StoppingEngine, stop_runs
from seqcore.lab.sweep.course import Sweep, next_step
from seqcore.lab.sweep.proposals import Values
from seqcore.lab.sweep.pruning import judged
from seqcore.lab.sweep.trials import Trial, TrialState, trial_of
from seqcore.store import MetricRow
from seqcore.store.database import patient

if TYPE_CHECKING:
    from seqcore.datasets import LabelledData
    from seqcore.lab.plan import Choices
    from seqcore.spec import RunSpec
    from seqcore.store import Store


class SweepEngine(StoppingEngine, Protocol):
    """As much of an engine as a sweep needs."""

    def submit(self, run_ids: Sequence[str]) -> None:
        """Queue runs."""


class SweepDriver:
    """Takes one sweep from its first trial to its last, a step at a time.

    Attributes:
        sweep: What is searched, and how.
        trials: So far, in the order of their numbers.
        experiment_id: Where their runs are; empty before the first.
    """

    def __init__(
        self,
        store: Store,
        workspace: str,
        data: LabelledData,
        sweep: Sweep,
        engine: SweepEngine,
        *,
        places: int,
        max_epochs: int,
        refuse: Callable[[Choices], None],
    ) -> None:
        """Nothing starts before the first step.

        Args:
            store: Where everything is kept.
            workspace: Whose sweep it is.
            data: What is trained on.
            sweep: What is searched, and how.
            engine: Trains.
            places: Trials that may train side by side.
            max_epochs: Most epochs that a deployment allows.
            refuse: Raises a TrainingError for settings that do not fit in memory.
        """
        self._store, self._workspace, self._data, self._engine = store, workspace, data, engine
        self._places, self._max_epochs, self._refuse = places, max_epochs, refuse
        self._given_up: set[str] = set()  # ids of the runs that this sweep ended early
        self.sweep, self.trials, self.experiment_id = sweep, list[Trial](), ""

    def step(self) -> bool:
        """Look at the trials and do what is to be done now; True when the sweep is over.

        Raises:
            OptionError: the settings that it begins with do not go together.
            TrainingError: they do not fit in memory.
            LimitError: too many runs would be in flight, or the storage is full.
            EngineError: the engine stopped.
        """
        self._look()
        step = next_step(self.sweep, self.trials, places=self._places, possible=self._possible)
        new = [trial for trial in step.stop if trial.run_id not in self._given_up]
        if new:
            self._given_up.update(trial.run_id for trial in new)
            stop_runs(self._store, self._workspace, [trial.run_id for trial in new], engine=self._engine)
        if step.start is not None:
            self._begin(step.start)
        return step.over

    def stop(self) -> bool:
        """End the trials that still train and begin none; True when all have ended."""
        self._look()
        going = [trial.run_id for trial in self.trials if trial.state == TrialState.GOING]
        stop_runs(self._store, self._workspace, going, engine=self._engine)
        return not going

    @patient
    def _look(self) -> None:
        """See how the trials stand that had not ended."""
        going = [trial for trial in self.trials if trial.state == TrialState.GOING]
        rows: dict[str, list[MetricRow]] = {trial.run_id: [] for trial in going}
        runs = {run_id: self._store.runs.get(self._workspace, run_id) for run_id in rows}
        for _, run_id, row in self._store.measurements.rows(rows):  # after the states: what has ended is whole
            rows[run_id].append(row)
        for trial in going:
            found = trial_of(runs[trial.run_id], trial.number, self.sweep.space, rows[trial.run_id])
            self.trials[trial.number] = found if found.state == TrialState.GOING else self._ended(found)

    def _ended(self, trial: Trial) -> Trial:
        """A trial that has just ended, for good."""
        peers = [each for each in self.trials if each.state != TrialState.GOING]
        found = judged(trial, peers) if self.sweep.prune else trial
        if found.state == TrialState.STOPPED and found.run_id in self._given_up:
            found = replace(found, state=TrialState.PRUNED)
        if found.state == TrialState.PRUNED:
            rename_run(self._store, self._workspace, found.run_id, f"{self._name(found.number)}, pruned")
        return found

    def _begin(self, values: Values) -> None:
        spec, number = self._spec(values), len(self.trials)
        if self.experiment_id:
            run_id = self._store.experiments.extend(self._workspace, self.experiment_id, [spec])[0]
            self._engine.submit([run_id])
        else:
            self._refuse(self.sweep.chosen(values))
            started = start_experiment(self._store, self._workspace, self._data, [spec], submit=self._engine.submit)
            self.experiment_id, run_id = started.id, started.run_ids[0]
            label = appearance(self.sweep.architecture).label
            rename_experiment(self._store, self._workspace, started.id, f"Sweep of {label}: {started.name}")
        rename_run(self._store, self._workspace, run_id, self._name(number))
        self.trials.append(Trial(number, values, run_id=run_id))

    def _name(self, number: int) -> str:
        return f"{self.sweep.architecture}, trial {number}"

    def _spec(self, values: Values) -> RunSpec:
        chosen = replace(self.sweep.chosen(values), architectures=(self.sweep.architecture,))
        return chosen.with_seeds([self.sweep.seed]).specs(self._data.content_hash, max_epochs=self._max_epochs)[0]

    def _possible(self, values: Values) -> bool:
        try:
            self._spec(values)
            self._refuse(self.sweep.chosen(values))
        except (OptionError, TrainingError):
            return False
        return True
