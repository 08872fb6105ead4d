"""The end of a whole workspace: everything of it, whatever goes on there, gone from the database and from the files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from seqcore.errors import StorageError
from seqcore.store import schema
from seqcore.store.artifacts import Artifacts
from seqcore.store.database import Database
from seqcore.store.datasets import files_of
from seqcore.store.files import Files
from seqcore.store.records import ACTIVE_NAMES, RunState

_DATASET, _EXPERIMENT, _RUN, _SWEEP = schema.datasets, schema.experiments, schema.runs, schema.sweeps


@dataclass(frozen=True)
class Holdings:
    """What a workspace has, in numbers."""

    datasets: int
    experiments: int
    runs: int
    sweeps: int
    links: int

    def __bool__(self) -> bool:
        return any(vars(self).values())


class Erasure:
    """Deletes workspaces."""

    def __init__(self, database: Database, files: Files, artifacts: Artifacts, clock: Callable[[], datetime]) -> None:
        self._database, self._files, self._artifacts, self._clock = database, files, artifacts, clock

    def holdings(self, workspace: str) -> Holdings:
        """What would go."""
        tables = (_DATASET, _EXPERIMENT, _RUN, _SWEEP, schema.links)
        with self._database.reading() as connection:
            counts = [
                connection.execute(
                    sa.select(sa.func.count()).select_from(table).where(table.c.workspace == workspace)
                ).scalar_one()
                for table in tables
            ]
        return Holdings(*counts)

    def going(self, workspace: str) -> list[str]:
        """Ids of the runs that wait or are being worked on."""
        with self._database.reading() as connection:
            return list(connection.execute(_active(workspace)).scalars())

    def erase(self, workspace: str) -> None:
        """Delete all that a workspace has, runs that are being worked on included.

        Their workers find them ended or gone, stop, and remove what they wrote since.

        Raises:
            StorageError: some of it could not be deleted; asking again goes on with it.
        """
        going = set(self.going(workspace))
        end = {"state": RunState.CANCELLED.value, "cancel_requested": True, "finished": self._clock()}
        with self._database.writing() as connection:
            connection.execute(_RUN.update().where(_RUN.c.id.in_(_active(workspace))).values(end))
        for run_id in self._ids(_RUN, workspace):
            with suppress(StorageError) if run_id in going else nullcontext():  # its worker may be writing right now
                self._artifacts.remove_run(run_id)
        for dataset_id in self._ids(_DATASET, workspace):
            self._files.remove(files_of(dataset_id))
        with self._database.writing() as connection:  # only now: whatever broke above, what is left can be found
            _delete_rows(connection, workspace)
        for run_id in going:
            self._artifacts.remove_run(run_id)

    def _ids(self, table: sa.Table, workspace: str) -> list[str]:
        with self._database.reading() as connection:
            return list(connection.execute(_of(table, workspace)).scalars())


def _delete_rows(connection: sa.Connection, workspace: str) -> None:
    connection.execute(schema.places.delete().where(schema.places.c.workspace == workspace))
    shared = schema.links.c.thing_id.in_(sa.union_all(_of(_DATASET, workspace), _of(_EXPERIMENT, workspace)))
    connection.execute(schema.links.delete().where(sa.or_(shared, schema.links.c.workspace == workspace)))
    connection.execute(schema.trials.delete().where(schema.trials.c.sweep_id.in_(_of(_SWEEP, workspace))))
    connection.execute(schema.metrics.delete().where(schema.metrics.c.run_id.in_(_of(_RUN, workspace))))
    for table in (_SWEEP, _RUN, _EXPERIMENT, _DATASET):
        connection.execute(table.delete().where(table.c.workspace == workspace))


def _of(table: sa.Table, workspace: str) -> sa.Select[Any]:
    return sa.select(table.c.id).where(table.c.workspace == workspace)


def _active(workspace: str) -> sa.Select[Any]:
    return _of(_RUN, workspace).where(_RUN.c.state.in_(ACTIVE_NAMES))
