"""Experiments of a workspace: the runs that one press of Train started."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from seqcore.spec import RunSpec
from seqcore.store import schema
from seqcore.store.allowance import Allowance
from seqcore.store.artifacts import Artifacts
from seqcore.store.database import Database, clean_name, missing, new_id, only, rename
from seqcore.store.datasets import Datasets
from seqcore.store.links import forget_links_of
from seqcore.store.looks import Looks
from seqcore.store.records import Experiment, RunState
from seqcore.store.runs import delete_rows
from seqcore.store.sweep_rows import let_go_of_experiment


class Experiments:
    """Experiments; every look-up names the workspace it looks in, but for that of link holders."""

    def __init__(
        self,
        database: Database,
        artifacts: Artifacts,
        datasets: Datasets,
        allowance: Allowance,
        looks: Looks,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._artifacts, self._datasets = database, artifacts, datasets
        self._allowance, self._looks, self._clock = allowance, looks, clock

    def add(
        self, workspace: str, dataset_id: str, specs: Sequence[RunSpec], name: str = "", *, origin: str = ""
    ) -> Experiment:
        """Queue one run for each spec, in order; the experiment comes back with their ids.

        Args:
            workspace: Whose it is.
            dataset_id: What is learned from.
            specs: One for each run.
            name: Empty: that of the data set.
            origin: See `Experiment`.

        Raises:
            NotFoundError: there is no data set of that id.
            LimitError: too many runs would be in flight, or the storage is full.
            ValueError: there is no spec.
        """
        if not specs:
            raise ValueError("an experiment needs at least one run")
        dataset = self._datasets.get(workspace, dataset_id)
        with self._database.writing() as connection:
            self._allowance.check(connection, workspace, runs=len(specs))
            experiment = insert_experiment(
                connection, workspace, dataset.id, clean_name(name) or dataset.name, self._clock(), origin=origin
            )
            run_ids = insert_runs(connection, experiment, specs, experiment.created)
        return replace(experiment, run_ids=tuple(run_ids))

    def extend(self, workspace: str, experiment_id: str, specs: Sequence[RunSpec]) -> list[str]:
        """Queue one more run of an experiment for each spec, in order, behind those that it has; gives their ids.

        Raises:
            NotFoundError: there is no experiment of that id.
            LimitError: too many runs would be in flight, or the storage is full.
        """
        experiment = self.get(workspace, experiment_id)
        with self._database.writing() as connection:
            self._allowance.check(connection, workspace, runs=len(specs))
            return insert_runs(connection, experiment, specs, self._clock())

    def get(self, workspace: str, experiment_id: str) -> Experiment:
        """An experiment of this workspace, which is looked at by that.

        Raises:
            NotFoundError: there is none of that id.
        """
        table = schema.experiments
        found = self._found(table.c.workspace == workspace, table.c.id == experiment_id)
        self._looks.note(*found)
        return only(found, "experiment", experiment_id)

    def find(self, experiment_id: str) -> Experiment:
        """An experiment of any workspace, for workers and for who may see it (`seqcore.lab.share`).

        Raises:
            NotFoundError: there is none of that id.
        """
        return only(self._found(schema.experiments.c.id == experiment_id), "experiment", experiment_id)

    def all(self, workspace: str) -> list[Experiment]:
        """All experiments of a workspace, newest first."""
        return self._found(schema.experiments.c.workspace == workspace)

    def from_origin(self, workspace: str, experiment_id: str) -> list[Experiment]:
        """Those in which the models of an experiment learn from parts of its training rows, newest first."""
        return self._found(schema.experiments.c.workspace == workspace, schema.experiments.c.origin == experiment_id)

    def rename(self, workspace: str, experiment_id: str, name: str) -> None:
        """Give an experiment another name; an empty one changes nothing.

        Raises:
            NotFoundError: there is none of that id.
        """
        rename(self._database, schema.experiments, "experiment", workspace, experiment_id, name)

    def delete(self, workspace: str, experiment_id: str) -> None:
        """Remove an experiment with all its runs, and the sweep whose trials they are; its data set stays.

        Raises:
            NotFoundError: there is none of that id.
            SeqlabError: one of its runs is still active, or a sweep that uses it.
        """
        table = schema.experiments
        with self._database.writing() as connection:
            chosen = sa.select(schema.runs.c.id).where(
                schema.runs.c.experiment_id == experiment_id, schema.runs.c.workspace == workspace
            )
            run_ids = list(connection.execute(chosen).scalars())
            delete_rows(connection, workspace, run_ids)
            let_go_of_experiment(connection, workspace, experiment_id)
            forget_links_of(connection, [experiment_id])
            gone = connection.execute(table.delete().where(table.c.id == experiment_id, table.c.workspace == workspace))
            if gone.rowcount == 0:
                raise missing("experiment", experiment_id)
        self._artifacts.remove_all(run_ids)

    def _found(self, *conditions: sa.ColumnElement[bool]) -> list[Experiment]:
        query = sa.select(schema.experiments).where(*conditions).order_by(schema.experiments.c.created.desc())
        with self._database.reading() as connection:
            return [Experiment(**row) for row in connection.execute(query).mappings()]


def insert_experiment(
    connection: sa.Connection, workspace: str, dataset_id: str, name: str, created: datetime, *, origin: str = ""
) -> Experiment:
    """Add an experiment that has no runs yet."""
    row: dict[str, Any] = {
        "id": new_id(),
        "workspace": workspace,
        "name": clean_name(name) or "data",
        "dataset_id": dataset_id,
        "created": created,
        "origin": origin,
        "looked_at": created,
    }
    connection.execute(schema.experiments.insert().values(row))
    return Experiment(**row)


def insert_runs(
    connection: sa.Connection,
    experiment: Experiment,
    specs: Sequence[RunSpec],
    created: datetime,
    *,
    name: str = "",
) -> list[str]:
    """Queue a run for each spec, in order, behind those that the experiment has; gives their ids.

    Args:
        connection: Of a transaction that writes.
        experiment: Theirs.
        specs: Their settings.
        created: The time.
        name: Of each of them; empty: the architecture, with its seed where it is there twice.
    """
    of_it = sa.select(sa.func.max(schema.runs.c.position)).where(schema.runs.c.experiment_id == experiment.id)
    last = connection.execute(of_it).scalar()
    several = {each for each, count in Counter(spec.architecture for spec in specs).items() if count > 1}
    rows = [
        {
            "id": new_id(),
            "workspace": experiment.workspace,
            "experiment_id": experiment.id,
            "position": position,
            "architecture": spec.architecture,
            "seed": spec.seed,
            "name": name or (_with_seed(spec) if spec.architecture in several else spec.architecture),
            "spec": spec.model_dump(mode="json"),
            "state": RunState.QUEUED.value,
            "created": created,
            "epochs": spec.training.epochs,
        }
        for position, spec in enumerate(specs, start=0 if last is None else last + 1)
    ]
    connection.execute(schema.runs.insert(), rows)
    return [str(row["id"]) for row in rows]


def _with_seed(spec: RunSpec) -> str:
    return f"{spec.architecture}, seed {spec.seed}"
