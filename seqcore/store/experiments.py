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
from seqcore.store.records import Experiment, RunState
from seqcore.store.runs import delete_rows


class Experiments:
    """Experiments; every look-up names the workspace it looks in, but for that of link holders."""

    def __init__(
        self,
        database: Database,
        artifacts: Artifacts,
        datasets: Datasets,
        allowance: Allowance,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._artifacts, self._datasets = database, artifacts, datasets
        self._allowance, self._clock = allowance, clock

    def add(self, workspace: str, dataset_id: str, specs: Sequence[RunSpec], name: str = "") -> Experiment:
        """Queue one run for each spec, in order; the experiment comes back with their ids.

        Raises:
            NotFoundError: there is no data set of that id.
            LimitError: too many runs would be in flight, or the storage is full.
            ValueError: there is no spec.
        """
        if not specs:
            raise ValueError("an experiment needs at least one run")
        dataset = self._datasets.get(workspace, dataset_id)
        row: dict[str, Any] = {
            "id": new_id(),
            "workspace": workspace,
            "name": clean_name(name) or dataset.name,
            "dataset_id": dataset.id,
            "created": self._clock(),
        }
        experiment = Experiment(**row)
        runs = _queued_runs(experiment, specs)
        with self._database.writing() as connection:
            self._allowance.check(connection, workspace, runs=len(specs))
            connection.execute(schema.experiments.insert().values(row))
            connection.execute(schema.runs.insert(), runs)
        return replace(experiment, run_ids=tuple(run["id"] for run in runs))

    def extend(self, workspace: str, experiment_id: str, specs: Sequence[RunSpec]) -> list[str]:
        """Queue one more run of an experiment for each spec, in order, behind those that it has; gives their ids.

        Raises:
            NotFoundError: there is no experiment of that id.
            LimitError: too many runs would be in flight, or the storage is full.
        """
        experiment = self.get(workspace, experiment_id)
        with self._database.writing() as connection:
            self._allowance.check(connection, workspace, runs=len(specs))
            of_it = sa.select(sa.func.max(schema.runs.c.position)).where(schema.runs.c.experiment_id == experiment.id)
            last = connection.execute(of_it).scalar()
            runs = _queued_runs(experiment, specs, after=-1 if last is None else last, created=self._clock())
            connection.execute(schema.runs.insert(), runs)
        return [run["id"] for run in runs]

    def get(self, workspace: str, experiment_id: str) -> Experiment:
        """An experiment of this workspace.

        Raises:
            NotFoundError: there is none of that id.
        """
        table = schema.experiments
        found = self._found(table.c.workspace == workspace, table.c.id == experiment_id)
        return only(found, "experiment", experiment_id)

    def find(self, experiment_id: str) -> Experiment:
        """An experiment of any workspace, for whoever was given its link.

        Raises:
            NotFoundError: there is none of that id.
        """
        return only(self._found(schema.experiments.c.id == experiment_id), "experiment", experiment_id)

    def all(self, workspace: str) -> list[Experiment]:
        """All experiments of a workspace, newest first."""
        return self._found(schema.experiments.c.workspace == workspace)

    def rename(self, workspace: str, experiment_id: str, name: str) -> None:
        """Give an experiment another name; an empty one changes nothing.

        Raises:
            NotFoundError: there is none of that id.
        """
        rename(self._database, schema.experiments, "experiment", workspace, experiment_id, name)

    def delete(self, workspace: str, experiment_id: str) -> None:
        """Remove an experiment with all its runs; its data set stays.

        Raises:
            NotFoundError: there is none of that id.
            SeqlabError: one of its runs is still active.
        """
        table = schema.experiments
        with self._database.writing() as connection:
            chosen = sa.select(schema.runs.c.id).where(
                schema.runs.c.experiment_id == experiment_id, schema.runs.c.workspace == workspace
            )
            run_ids = list(connection.execute(chosen).scalars())
            delete_rows(connection, workspace, run_ids)
            gone = connection.execute(table.delete().where(table.c.id == experiment_id, table.c.workspace == workspace))
            if gone.rowcount == 0:
                raise missing("experiment", experiment_id)
        self._artifacts.remove_all(run_ids)

    def _found(self, *conditions: sa.ColumnElement[bool]) -> list[Experiment]:
        query = sa.select(schema.experiments).where(*conditions).order_by(schema.experiments.c.created.desc())
        with self._database.reading() as connection:
            return [Experiment(**row) for row in connection.execute(query).mappings()]


def _queued_runs(
    experiment: Experiment, specs: Sequence[RunSpec], *, after: int = -1, created: datetime | None = None
) -> list[dict[str, Any]]:
    several = {name for name, count in Counter(spec.architecture for spec in specs).items() if count > 1}
    return [
        {
            "id": new_id(),
            "workspace": experiment.workspace,
            "experiment_id": experiment.id,
            "position": position,
            "architecture": spec.architecture,
            "seed": spec.seed,
            "name": f"{spec.architecture}, seed {spec.seed}" if spec.architecture in several else spec.architecture,
            "spec": spec.model_dump(mode="json"),
            "state": RunState.QUEUED.value,
            "created": created or experiment.created,
            "epochs": spec.training.epochs,
        }
        for position, spec in enumerate(specs, start=after + 1)
    ]
