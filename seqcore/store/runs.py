"""Runs as pages see them: found, renamed, stopped, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from seqcore.errors import SeqlabError
from seqcore.store import schema
from seqcore.store.base import Base
from seqcore.store.database import missing, only
from seqcore.store.records import ACTIVE_NAMES, Run, RunState

_RUN = schema.runs
_COLUMNS = [column for column in _RUN.c if column.name != "position"]
CHECKPOINT = "checkpoint.npz"  # what a run that is not done needs to go on


class Runs(Base):
    """Runs and their files."""

    def runs(self, workspace: str, experiment_id: str | None = None) -> list[Run]:
        """Runs of an experiment in its order; or all of a workspace, newest experiment first."""
        conditions = [_RUN.c.workspace == workspace]
        if experiment_id is not None:
            conditions.append(_RUN.c.experiment_id == experiment_id)
        return self._runs(*conditions)

    def run(self, workspace: str, run_id: str) -> Run:
        """A run of this workspace.

        Raises:
            NotFoundError: there is none of that id.
        """
        return only(self._runs(_RUN.c.workspace == workspace, _RUN.c.id == run_id), "run", run_id)

    def find_run(self, run_id: str) -> Run:
        """A run of any workspace, for workers.

        Raises:
            NotFoundError: there is none of that id.
        """
        return only(self._runs(_RUN.c.id == run_id), "run", run_id)

    def states(self, run_ids: Iterable[str]) -> dict[str, RunState]:
        """The state of each of these runs that exists, in one small query."""
        query = sa.select(_RUN.c.id, _RUN.c.state).where(_RUN.c.id.in_(list(run_ids)))
        with self.database.reading() as connection:
            return {row.id: RunState(row.state) for row in connection.execute(query)}

    def rename_run(self, workspace: str, run_id: str, name: str) -> None:
        """Give a run another name; an empty one changes nothing.

        Raises:
            NotFoundError: there is none of that id.
        """
        self._rename(_RUN, "run", workspace, run_id, name)

    def delete_run(self, workspace: str, run_id: str) -> None:
        """Remove a run with its numbers and files; see `delete_runs`."""
        self.delete_runs(workspace, [run_id])

    def delete_runs(self, workspace: str, run_ids: Sequence[str]) -> None:
        """Remove runs with their numbers and files: all of them or, when there is an error, none.

        Raises:
            NotFoundError: one of them is not in this workspace.
            SeqlabError: one of them is still active.
        """
        with self.database.writing() as connection:
            _delete_runs(connection, workspace, run_ids)
        self._remove_files(*(files_of(run_id) for run_id in run_ids))

    def delete_experiment(self, workspace: str, experiment_id: str) -> None:
        """Remove an experiment with all its runs; its data set stays.

        Raises:
            NotFoundError: there is none of that id.
            SeqlabError: one of its runs is still active.
        """
        table = schema.experiments
        with self.database.writing() as connection:
            chosen = sa.select(_RUN.c.id).where(_RUN.c.experiment_id == experiment_id, _RUN.c.workspace == workspace)
            run_ids = list(connection.execute(chosen).scalars())
            _delete_runs(connection, workspace, run_ids)
            gone = connection.execute(table.delete().where(table.c.id == experiment_id, table.c.workspace == workspace))
            if gone.rowcount == 0:
                raise missing("experiment", experiment_id)
        self._remove_files(*(files_of(run_id) for run_id in run_ids))

    def write_artifact(self, run_id: str, name: str, data: bytes) -> None:
        """Store a file of a run; a reader sees all of it or nothing."""
        self.artifacts.write(files_of(run_id), name, data)

    def read_artifact(self, run_id: str, name: str) -> bytes:
        """A file of a run.

        Raises:
            NotFoundError: there is no such file.
        """
        return self.artifacts.read(files_of(run_id), name)

    def has_artifact(self, run_id: str, name: str) -> bool:
        """Whether a run has a file of that name."""
        return self.artifacts.has(files_of(run_id), name)

    def remove_artifact(self, run_id: str, name: str) -> None:
        """Remove a file of a run; none is no error."""
        self.artifacts.remove_file(files_of(run_id), name)

    def _runs(self, *conditions: sa.ColumnElement[bool]) -> list[Run]:
        order = (_RUN.c.created.desc(), _RUN.c.experiment_id, _RUN.c.position)
        query = sa.select(*_COLUMNS).where(*conditions).order_by(*order)
        with self.database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [_as_run(dict(row)) for row in rows]


def files_of(run_id: str) -> str:
    """Where the files of a run are kept."""
    return f"runs/{run_id}"


def _as_run(row: dict[str, Any]) -> Run:
    spec = row.pop("spec")
    return Run(**{**row, "stored_spec": spec if isinstance(spec, dict) else {}, "state": RunState(row["state"])})


def _delete_runs(connection: sa.Connection, workspace: str, run_ids: Sequence[str]) -> None:
    chosen = sa.select(_RUN.c.id, _RUN.c.name, _RUN.c.state).where(
        _RUN.c.workspace == workspace, _RUN.c.id.in_(run_ids)
    )
    found = connection.execute(chosen.with_for_update()).all()
    absent = set(run_ids) - {row.id for row in found}
    if absent:
        raise missing("run", min(absent))
    active = [row.name for row in found if row.state in ACTIVE_NAMES]
    if active:
        raise SeqlabError(
            "A run that is still going cannot be deleted",
            received=", ".join(active[:5]),
            remedy="Stop it first, then delete it",
        )
    connection.execute(schema.metrics.delete().where(schema.metrics.c.run_id.in_(run_ids)))
    connection.execute(_RUN.delete().where(_RUN.c.id.in_(run_ids)))
