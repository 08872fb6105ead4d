"""Sweeps: what is searched, its trials, and who drives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from seqcore.errors import SeqlabError
from seqcore.spec import RunSpec
from seqcore.store import schema
from seqcore.store.allowance import Allowance
from seqcore.store.database import Database, missing, new_id, only
from seqcore.store.datasets import Datasets
from seqcore.store.experiments import insert_experiment, insert_runs
from seqcore.store.looks import Looks
from seqcore.store.records import Experiment
from seqcore.store.sweep_record import SweepRecord, SweepState, TrialRecord
from seqcore.store.sweep_rows import OPEN_NAMES, as_sweep, as_trial, delete_sweep_rows

_SWEEP, _TRIAL = schema.sweeps, schema.trials
_OPEN = _SWEEP.c.state.in_(OPEN_NAMES)


class ClaimLost(Exception):
    """Another one drives the sweep now, or it is gone: whoever gets this leaves it alone."""


class Sweeps:
    """Sweeps; a driver claims one for a while, and whatever it writes is refused once another has it.

    What a driver does is one transaction each: a trial is there with its run or not at all.
    """

    def __init__(
        self, database: Database, datasets: Datasets, allowance: Allowance, looks: Looks, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._datasets = database, datasets
        self._allowance, self._looks, self._clock = allowance, looks, clock

    def add(self, workspace: str, dataset_id: str, architecture: str, search: dict[str, Any]) -> SweepRecord:
        """Keep a sweep that somebody is to drive.

        Raises:
            NotFoundError: there is no data set of that id.
        """
        row = {
            "id": new_id(),
            "workspace": workspace,
            "dataset_id": self._datasets.get(workspace, dataset_id).id,
            "architecture": architecture,
            "search": search,
            "state": SweepState.GOING.value,
            "created": self._clock(),
            "looked_at": self._clock(),
        }
        with self._database.writing() as connection:
            connection.execute(_SWEEP.insert().values(row))
        return self.get(workspace, str(row["id"]))

    def get(self, workspace: str, sweep_id: str) -> SweepRecord:
        """A sweep of this workspace, which is looked at by that.

        Raises:
            NotFoundError: there is none of that id.
        """
        found = self._found(_SWEEP.c.workspace == workspace, _SWEEP.c.id == sweep_id)
        self._looks.note(*found)
        return only(found, "sweep", sweep_id)

    def all(self, workspace: str) -> list[SweepRecord]:
        """All sweeps of a workspace, newest first."""
        return self._found(_SWEEP.c.workspace == workspace)

    def open_to(self, driver: str) -> list[SweepRecord]:
        """The open sweeps of all workspaces that a driver has or may take, the oldest first."""
        return self._found(_OPEN, _free(driver, self._clock()))[::-1]

    def of_trials(self, experiment_id: str) -> SweepRecord | None:
        """The sweep whose trials are the runs of an experiment, whosever it is."""
        found = self._found(_SWEEP.c.experiment_id == experiment_id)
        return found[0] if found else None

    def refuse_to_compare(self, experiment_id: str) -> None:
        """Raise a SeqlabError where the runs of an experiment are trials: their test scores are no comparison."""
        found = self.of_trials(experiment_id)
        if found is not None:
            final = found.final_experiment_id
            raise SeqlabError(
                "These are trials of a sweep, chosen by their validation texts, so their test scores are no comparison",
                received=f"experiment {experiment_id}",
                remedy=f"Those that are judged are in experiment {final}" if final else f"See `sweeps {found.id}`",
            )

    def judged_by(self, experiment_id: str) -> list[SweepRecord]:
        """The sweeps whose best settings an experiment judges."""
        return self._found(_SWEEP.c.final_experiment_id == experiment_id)

    def experiments_of_trials(self, workspace: str) -> set[str]:
        """Ids of the experiments of a workspace whose runs are trials."""
        query = sa.select(_SWEEP.c.experiment_id).where(_SWEEP.c.workspace == workspace)
        with self._database.reading() as connection:
            return {found for found in connection.execute(query).scalars() if found}

    def trials(self, sweep_id: str) -> list[TrialRecord]:
        """The trials of a sweep, in the order of their numbers."""
        columns = [column for column in _TRIAL.c if column.name != "sweep_id"]
        query = sa.select(*columns).where(_TRIAL.c.sweep_id == sweep_id).order_by(_TRIAL.c.number)
        with self._database.reading() as connection:
            return [as_trial(row) for row in connection.execute(query).mappings()]

    def ask_to_stop(self, workspace: str, sweep_id: str) -> None:
        """Have a sweep that is going on stopped by its driver.

        Raises:
            NotFoundError: there is none of that id.
        """
        self._move(workspace, sweep_id, {SweepState.GOING}, state=SweepState.STOPPING.value)

    def go_on(self, workspace: str, sweep_id: str) -> None:
        """Let a sweep go on that was stopped or failed before anything judged it.

        Raises:
            NotFoundError: there is none of that id.
        """
        early = {SweepState.STOPPED, SweepState.FAILED}
        if self.get(workspace, sweep_id).final_experiment_id is None:
            self._move(workspace, sweep_id, early, state=SweepState.GOING.value, message="", ended=None, driver="")

    def claim(self, sweep_id: str, driver: str, seconds: float) -> SweepRecord | None:
        """Become the driver of an open sweep, or stay it, for so many seconds; None where another is, or it has ended.

        Args:
            sweep_id: Which.
            driver: A name that nobody else has.
            seconds: After which another may take over from one that gives no sign of life.
        """
        now = self._clock()
        free = _free(driver, now)
        update = {"driver": driver, "claimed_until": now + timedelta(seconds=seconds)}
        with self._database.writing() as connection:
            taken = connection.execute(_SWEEP.update().where(_SWEEP.c.id == sweep_id, _OPEN, free).values(update))
        return self._found(_SWEEP.c.id == sweep_id)[0] if taken.rowcount else None

    def driven_by(self, sweep_id: str, driver: str) -> SweepRecord | None:
        """A sweep that is open and claimed under this name; None where it is not."""
        found = self._found(_SWEEP.c.id == sweep_id, _SWEEP.c.driver == driver, _OPEN)
        return found[0] if found else None

    def release(self, sweep_id: str, driver: str) -> None:
        """Let another one drive a sweep at once."""
        ours = (_SWEEP.c.id == sweep_id, _SWEEP.c.driver == driver)
        with self._database.writing() as connection:
            connection.execute(_SWEEP.update().where(*ours).values(driver="", claimed_until=None))

    def begin_trial(
        self, sweep_id: str, driver: str, trial: TrialRecord, spec: RunSpec, *, experiment: str, run: str
    ) -> str:
        """Queue the run of a new trial, in the experiment of the sweep, which the first trial begins.

        Args:
            sweep_id: Which.
            driver: Who drives it.
            trial: Its number and settings; its run is added here.
            spec: Of its run.
            experiment: What the sweep's experiment is called.
            run: What the run is called.

        Returns:
            The id of its run.

        Raises:
            ClaimLost: another one drives it.
            LimitError: too many runs would be in flight, or the storage is full.
        """
        now = self._clock()
        with self._database.writing() as connection:
            sweep = _driven(connection, sweep_id, driver)
            self._allowance.check(connection, sweep.workspace, runs=1)
            owner = self._experiment_of(connection, sweep, experiment, now)
            (run_id,) = insert_runs(connection, owner, [spec], now, name=run)
            row = _columns(trial) | {"sweep_id": sweep_id, "run_id": run_id}
            connection.execute(_TRIAL.insert().values(row))
        return run_id

    def give_up(self, sweep_id: str, driver: str, numbers: Sequence[int]) -> None:
        """Note that the sweep asks for the end of some trials.

        Raises:
            ClaimLost: another one drives it.
        """
        chosen = (_TRIAL.c.sweep_id == sweep_id, _TRIAL.c.number.in_(list(numbers)))
        with self._database.writing() as connection:
            _driven(connection, sweep_id, driver)
            connection.execute(_TRIAL.update().where(*chosen).values(given_up=True))

    def end_trial(self, sweep_id: str, driver: str, trial: TrialRecord, *, run: str = "") -> None:
        """Keep how a trial ended, for good.

        Args:
            sweep_id: Which.
            driver: Who drives it.
            trial: As it was judged.
            run: What its run is called from now on; empty: as before.

        Raises:
            ClaimLost: another one drives it.
        """
        chosen = (_TRIAL.c.sweep_id == sweep_id, _TRIAL.c.number == trial.number)
        with self._database.writing() as connection:
            _driven(connection, sweep_id, driver)
            connection.execute(_TRIAL.update().where(*chosen).values(_columns(trial)))
            if run:
                renamed = schema.runs.update().where(schema.runs.c.id == trial.run_id)
                connection.execute(renamed.values(name=run))

    def begin_final(self, sweep_ids: Sequence[str], driver: str, specs: Sequence[RunSpec], name: str) -> Experiment:
        """Queue the runs that judge what sweeps of the same data found.

        Raises:
            ClaimLost: another one drives one of them.
            LimitError: too many runs would be in flight, or the storage is full.
        """
        now = self._clock()
        with self._database.writing() as connection:
            driven = [_driven(connection, sweep_id, driver) for sweep_id in sweep_ids]
            sweep = driven[0]
            self._allowance.check(connection, sweep.workspace, runs=len(specs))
            experiment = insert_experiment(connection, sweep.workspace, sweep.dataset_id, name, now)
            insert_runs(connection, experiment, specs, now)
            update = _SWEEP.update().where(_SWEEP.c.id.in_(list(sweep_ids)))
            connection.execute(update.values(final_experiment_id=experiment.id))
        return experiment

    def tell(self, sweep_id: str, driver: str, message: str) -> None:
        """Say why a sweep waits; an empty message: it does not.

        Raises:
            ClaimLost: another one drives it.
        """
        self._write(sweep_id, driver, message=message)

    def end(self, sweep_id: str, driver: str, state: SweepState, message: str) -> None:
        """End a sweep.

        Raises:
            ClaimLost: another one drives it.
        """
        self._write(
            sweep_id, driver, state=state.value, message=message, ended=self._clock(), driver="", claimed_until=None
        )

    def delete(self, workspace: str, sweep_id: str) -> None:
        """Remove a sweep and what it knows of its trials; their runs stay.

        Raises:
            NotFoundError: there is none of that id.
            SeqlabError: it is still going.
        """
        with self._database.writing() as connection:
            chosen = sa.and_(_SWEEP.c.workspace == workspace, _SWEEP.c.id == sweep_id)
            if not delete_sweep_rows(connection, chosen):
                raise missing("sweep", sweep_id)

    def _experiment_of(self, connection: sa.Connection, sweep: SweepRecord, name: str, created: datetime) -> Experiment:
        table = schema.experiments
        if sweep.experiment_id is not None:
            found = connection.execute(sa.select(table).where(table.c.id == sweep.experiment_id)).mappings().one()
            return Experiment(**found)
        experiment = insert_experiment(connection, sweep.workspace, sweep.dataset_id, name, created)
        connection.execute(_SWEEP.update().where(_SWEEP.c.id == sweep.id).values(experiment_id=experiment.id))
        return experiment

    def _move(self, workspace: str, sweep_id: str, before: set[SweepState], **values: Any) -> None:
        self.get(workspace, sweep_id)
        chosen = (_SWEEP.c.workspace == workspace, _SWEEP.c.id == sweep_id)
        with self._database.writing() as connection:
            connection.execute(_SWEEP.update().where(*chosen, _SWEEP.c.state.in_(list(before))).values(values))

    def _write(self, sweep_id: str, by: str, **values: Any) -> None:
        with self._database.writing() as connection:
            _driven(connection, sweep_id, by)
            connection.execute(_SWEEP.update().where(_SWEEP.c.id == sweep_id).values(values))

    def _found(self, *conditions: sa.ColumnElement[bool]) -> list[SweepRecord]:
        query = sa.select(_SWEEP).where(*conditions).order_by(_SWEEP.c.created.desc(), _SWEEP.c.id)
        with self._database.reading() as connection:
            return [as_sweep(row) for row in connection.execute(query).mappings()]


def _free(driver: str, now: datetime) -> sa.ColumnElement[bool]:
    """That a sweep is this driver's, or nobody's."""
    return sa.or_(_SWEEP.c.driver.in_(("", driver)), _SWEEP.c.claimed_until < now)


def _driven(connection: sa.Connection, sweep_id: str, driver: str) -> SweepRecord:
    """A sweep as it is now, kept from other writers until the transaction ends."""
    query = sa.select(_SWEEP).where(_SWEEP.c.id == sweep_id, _SWEEP.c.driver == driver, _OPEN)
    row = connection.execute(query.with_for_update()).mappings().one_or_none()
    if row is None:
        raise ClaimLost(sweep_id)
    return as_sweep(row)


def _columns(trial: TrialRecord) -> dict[str, Any]:
    return {**vars(trial), "losses": list(trial.losses)}
