"""Runs as pages see them: found, renamed, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from seqcore.errors import SeqlabError
from seqcore.store import schema
from seqcore.store.artifacts import Artifacts
from seqcore.store.database import Database, missing, only, rename
from seqcore.store.looks import Looks
from seqcore.store.records import ACTIVE_NAMES, RunState
from seqcore.store.run_record import Run
from seqcore.store.run_rows import COLUMNS, as_run, as_state

_RUN = schema.runs


class Runs:
    """Runs; every look-up names the workspace it looks in, but for that of workers."""

    def __init__(self, database: Database, artifacts: Artifacts, looks: Looks) -> None:
        self._database, self._artifacts, self._looks = database, artifacts, looks

    def all(self, workspace: str) -> list[Run]:
        """All runs of a workspace, newest experiment first."""
        return self._found(_RUN.c.workspace == workspace)

    def of(self, workspace: str, experiment_id: str) -> list[Run]:
        """Runs of an experiment, in its order."""
        return self._found(_RUN.c.workspace == workspace, _RUN.c.experiment_id == experiment_id)

    def newest(self, workspace: str, architecture: str) -> Run | None:
        """The run of an architecture that was finished last; None where none was."""
        of_it = (_RUN.c.workspace == workspace, _RUN.c.architecture == architecture, _RUN.c.state == RunState.FINISHED)
        query = sa.select(_RUN.c.id).where(*of_it).order_by(_RUN.c.finished.desc()).limit(1)
        with self._database.reading() as connection:
            run_id = connection.execute(query).scalar()
        return next(iter(self._found(_RUN.c.id == run_id)), None) if run_id else None

    def get(self, workspace: str, run_id: str) -> Run:
        """A run of this workspace, whose experiment is looked at by that.

        Raises:
            NotFoundError: there is none of that id.
        """
        found = only(self._found(_RUN.c.workspace == workspace, _RUN.c.id == run_id), "run", run_id)
        self._looks.note_run(found.experiment_id)
        return found

    def find(self, run_id: str) -> Run:
        """A run of any workspace, for workers.

        Raises:
            NotFoundError: there is none of that id.
        """
        return only(self._found(_RUN.c.id == run_id), "run", run_id)

    def states(self, run_ids: Iterable[str]) -> dict[str, RunState]:
        """The state of each of these runs that exists, in one small query."""
        query = sa.select(_RUN.c.id, _RUN.c.state).where(_RUN.c.id.in_(list(run_ids)))
        with self._database.reading() as connection:
            return {row.id: as_state(row.state) or RunState.FAILED for row in connection.execute(query)}

    def rename(self, workspace: str, run_id: str, name: str) -> None:
        """Give a run another name; an empty one changes nothing.

        Raises:
            NotFoundError: there is none of that id.
        """
        rename(self._database, _RUN, "run", workspace, run_id, name)

    def delete(self, workspace: str, run_ids: Sequence[str]) -> None:
        """Remove runs with their numbers and files: all of them or, when there is an error, none.

        Raises:
            NotFoundError: one of them is not in this workspace.
            SeqlabError: one of them is still active.
        """
        with self._database.writing() as connection:
            delete_rows(connection, workspace, run_ids)
        self._artifacts.remove_all(run_ids)

    def _found(self, *conditions: sa.ColumnElement[bool]) -> list[Run]:
        # Runs that were added to an experiment later stand with those that began it.
        began = sa.func.min(_RUN.c.created).over(partition_by=_RUN.c.experiment_id)
        order = (began.desc(), _RUN.c.experiment_id, _RUN.c.position)
        query = sa.select(*COLUMNS).where(*conditions).order_by(*order)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [as_run(row) for row in rows]


def delete_rows(connection: sa.Connection, workspace: str, run_ids: Sequence[str]) -> None:
    """Delete runs with their numbers, all of them or none.

    Raises:
        NotFoundError: one of them is not in this workspace.
        SeqlabError: one of them is still active.
    """
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
