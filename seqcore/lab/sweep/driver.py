"""A sweep under way: its trials are runs of one experiment, on the engine's queue with all others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from seqcore.architectures import appearance
from seqcore.engine.watch import MOST_ATTEMPTS
from seqcore.errors import EngineError, NotFoundError, OptionError, TrainingError
from seqcore.lab.resume import resume_runs
from seqcore.lab.stop import StoppingEngine, stop_runs
from seqcore.lab.sweep.course import next_step
from seqcore.lab.sweep.proposals import Values
from seqcore.lab.sweep.pruning import judged
from seqcore.lab.sweep.so_far import SoFar
from seqcore.lab.sweep.stored import read_search, read_trial, write_trial
from seqcore.lab.sweep.trials import Trial, TrialState, trial_of
from seqcore.store import MetricRow, Run, RunState
from seqcore.store.database import patient

if TYPE_CHECKING:
    from seqcore.lab.plan import Choices
    from seqcore.spec import RunSpec
    from seqcore.store import Dataset, Store, SweepRecord


class SweepEngine(StoppingEngine, Protocol):
    """As much of an engine as a sweep needs."""

    def submit(self, run_ids: Sequence[str]) -> None:
        """Queue runs."""


@dataclass(frozen=True)
class Bounds:
    """What a deployment lets a sweep do.

    Attributes:
        places: Trials that may train side by side.
        max_epochs: Most epochs of a run.
        refuse: Raises a TrainingError for settings that do not fit in memory.
    """

    places: int
    max_epochs: int
    refuse: Callable[[Choices], None]


class SweepDriver:
    """Takes one sweep from where it stands in the store to its last trial, a step at a time.

    All that it knows is in the store: another one that is made later goes on where this one ended.

    Attributes:
        sweep: What is searched, and how.
        seeds: The fresh ones that judge what it finds.
        data: What is trained on.
        trials: So far, in the order of their numbers.
    """

    def __init__(
        self,
        store: Store,
        record: SweepRecord,
        who: str,
        data: Dataset,
        engine: Callable[[], SweepEngine],
        bounds: Bounds,
    ) -> None:
        """Nothing starts before the first step.

        Args:
            store: Where everything is kept.
            record: The sweep as it stands there.
            who: Under which name it was claimed.
            data: What is trained on.
            engine: Gives what trains; raises an EngineError while there is nothing.
            bounds: Of this deployment.

        Raises:
            OptionError: what is stored cannot be read.
        """
        planned = read_search(record)
        self._store, self._record, self._who = store, record, who
        self._engine, self._bounds = engine, bounds
        self.sweep, self.seeds, self.data = planned.sweep, planned.seeds, data
        kept = store.sweeps.trials(record.id)
        self.trials = [read_trial(each, self.sweep.space) for each in kept]
        self._given_up = {each.number for each in kept if each.given_up}  # whose end this sweep asked for
        self._told: set[int] = set()  # those of which the engine has heard
        self._exhausted: tuple[TrialState, ...] | None = None  # how the trials stood when there was none to begin

    @property
    def experiment_id(self) -> str:
        """Of the experiment whose runs the trials are; empty before the first."""
        return self._record.experiment_id or ""

    @property
    def so_far(self) -> SoFar:
        """The sweep as far as it has come."""
        return SoFar(self.sweep, self.seeds, tuple(self.trials), self.experiment_id)

    def step(self) -> bool:
        """Look at the trials and do what is to be done now; True when the sweep is over.

        Raises:
            ClaimLost: another one drives the sweep.
            OptionError: the settings that it begins with do not go together.
            TrainingError: they do not fit in memory.
            LimitError: too many runs would be in flight, or the storage is full.
            EngineError: the engine stopped.
        """
        self._look(resuming=True)
        seen = tuple(trial.state for trial in self.trials)
        places = 0 if self._going and seen == self._exhausted else self._bounds.places
        step = next_step(self.sweep, self.trials, places=places, possible=self._possible)
        if step.start is None:
            self._exhausted = seen  # nothing new is found before one of these trials has ended, so nobody looks for it
        self._give_up([trial.number for trial in step.stop])
        if step.start is not None:
            self._begin(step.start)
        return step.over

    def stop(self) -> bool:
        """End the trials that still train and begin none, whatever became of the engine; True when all have ended.

        Raises:
            ClaimLost: another one drives the sweep.
        """
        self._look(resuming=False)
        going = [trial.run_id for trial in self._going if self._is_there(trial.run_id)]
        stop_runs(self._store, self._record.workspace, going, engine=engine_if_any(self._engine))
        return not going

    @property
    def _going(self) -> list[Trial]:
        return [trial for trial in self.trials if trial.state == TrialState.GOING]

    @patient
    def _look(self, *, resuming: bool) -> None:
        """See how the trials stand that had not ended; what was interrupted, or never handed over, goes on."""
        rows: dict[str, list[MetricRow]] = {trial.run_id: [] for trial in self._going}
        runs = {run_id: self._run(run_id) for run_id in rows}
        for _, run_id, row in self._store.measurements.rows(rows):  # after the states: what has ended is whole
            rows[run_id].append(row)
        waiting: list[str] = []
        for trial in self._going:
            run = runs[trial.run_id]
            if run is None:
                self._keep(replace(trial, state=TrialState.STOPPED))
            elif resuming and was_interrupted(run) and trial.number not in self._given_up:
                resume_runs(self._store, run.workspace, [run.id], submit=self._engine().submit)
            else:
                found = trial_of(run, trial.number, self.sweep.space, rows[run.id])
                self.trials[trial.number] = found
                if found.state != TrialState.GOING:
                    self._keep(self._as_ended(found, run))
                elif run.state == RunState.QUEUED and not run.engine:
                    waiting.append(run.id)
        if waiting and resuming:
            self._engine().submit(waiting)

    def _as_ended(self, trial: Trial, run: Run) -> Trial:
        """A trial that has just ended, for good."""
        peers = [each for each in self.trials if each.state != TrialState.GOING and each.number != trial.number]
        found = judged(trial, peers) if self.sweep.prune else trial
        hopeless = trial.number in self._given_up
        if hopeless and (found.state == TrialState.STOPPED or run.state == RunState.INTERRUPTED):
            found = replace(found, state=TrialState.PRUNED)
        return found

    def _keep(self, trial: Trial) -> None:
        name = f"{self._name(trial.number)}, pruned" if trial.state == TrialState.PRUNED else ""
        kept = write_trial(trial, given_up=trial.number in self._given_up)
        self._store.sweeps.end_trial(self._record.id, self._who, kept, run=name)
        self.trials[trial.number] = trial

    def _give_up(self, hopeless: Sequence[int]) -> None:
        """Ask for the end of trials, those included that a driver before this one was about to."""
        new = set(hopeless) - self._given_up
        if new:
            self._store.sweeps.give_up(self._record.id, self._who, sorted(new))
            self._given_up |= new
        asked = [trial for trial in self._going if trial.number in self._given_up - self._told]
        if asked:
            self._told |= {trial.number for trial in asked}
            there = [trial.run_id for trial in asked if self._is_there(trial.run_id)]
            stop_runs(self._store, self._record.workspace, there, engine=self._engine())

    def _begin(self, values: Values) -> None:
        spec, trial = self._spec(values), Trial(len(self.trials), values)
        if not self.trials:
            self._bounds.refuse(self.sweep.chosen(values))
        run_id = self._store.sweeps.begin_trial(
            self._record.id, self._who, write_trial(trial), spec, run=self._name(trial.number),
            experiment=f"Sweep of {appearance(self.sweep.architecture).label}: {self.data.name}",
        )  # fmt: skip
        self.trials.append(replace(trial, run_id=run_id))
        self._record = self._store.sweeps.get(self._record.workspace, self._record.id)
        self._engine().submit([run_id])

    def _name(self, number: int) -> str:
        return f"{self.sweep.architecture}, trial {number}"

    def _spec(self, values: Values) -> RunSpec:
        chosen = replace(self.sweep.chosen(values), architectures=(self.sweep.architecture,))
        return chosen.with_seeds([self.sweep.seed]).specs(self.data.content_hash, max_epochs=self._bounds.max_epochs)[0]

    def _possible(self, values: Values) -> bool:
        try:
            self._spec(values)
            self._bounds.refuse(self.sweep.chosen(values))
        except (OptionError, TrainingError):
            return False
        return True

    def _run(self, run_id: str) -> Run | None:
        """A run, unless it was deleted."""
        try:
            return self._store.runs.get(self._record.workspace, run_id)
        except NotFoundError:
            return None

    def _is_there(self, run_id: str) -> bool:
        return self._run(run_id) is not None


def engine_if_any(engine: Callable[[], SweepEngine]) -> SweepEngine | None:
    """The engine; None while there is none."""
    try:
        return engine()
    except EngineError:
        return None


def was_interrupted(run: Run) -> bool:
    """Whether its engine went away; one whose workers died again and again has failed, as the engine has it."""
    return run.state == RunState.INTERRUPTED and run.attempts < MOST_ATTEMPTS
