"""Runs that wait for a worker: who is next, and the ways back into the queue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.database import Database, one_at_a_time, patient
from seqcore.store.fairness import Service, Waiting, fair_order
from seqcore.store.progress import locked
from seqcore.store.records import ACTIVE_NAMES, RunState

_RUN = schema.runs
MEMORY_SECONDS = 3600.0  # work longer ago gives nobody a place further back


class Queue:
    """Gives waiting runs to engines and workers; one that begins again goes on from its last checkpoint."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def claim(self, run_ids: Iterable[str], engine_id: str) -> list[str]:
        """Give queued runs to an engine; gives the ids, in order, of those that are still queued."""
        wanted = list(dict.fromkeys(run_ids))
        queued = (_RUN.c.id.in_(wanted), _RUN.c.state == RunState.QUEUED.value)
        with self._database.writing() as connection:
            connection.execute(_RUN.update().where(*queued).values(engine=engine_id))
            given = set(connection.execute(sa.select(_RUN.c.id).where(*queued)).scalars())
        return [run_id for run_id in wanted if run_id in given]

    @patient
    def take(self, engine_id: str, worker: str) -> str | None:
        """Give the next queued run of an engine to one of its workers; None when none waits.

        The next one belongs to the workspace that has been served least, see `fairness.fair_order`.
        """
        with self._database.writing() as connection:
            one_at_a_time(connection)
            waiting = _waiting(connection, engine_id)
            if not waiting:
                return None
            run_id = fair_order(waiting, self._served(connection, waiting))[0]
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(worker=worker))
        return run_id

    def waiting(self, engine_id: str) -> list[str]:
        """Ids of the runs that wait for a worker of an engine, the next one first."""
        with self._database.reading() as connection:
            waiting = _waiting(connection, engine_id)
            return fair_order(waiting, self._served(connection, waiting)) if waiting else []

    def put_back(self, run_id: str) -> None:
        """Let another worker take a run that is still queued."""
        queued = (_RUN.c.id == run_id, _RUN.c.state == RunState.QUEUED.value)
        with self._database.writing() as connection:
            connection.execute(_RUN.update().where(*queued).values(worker=""))

    @patient
    def retry(self, run_id: str, *, most_attempts: int) -> bool:
        """Put a run whose worker died back into the queue, in its old place; False: begun too often, or done."""
        with self._database.writing() as connection:
            row = locked(connection, run_id)
            if row is None or row["state"] not in ACTIVE_NAMES or row["attempts"] >= most_attempts:
                return False
            update = {"state": RunState.QUEUED.value, "worker": "", "texts_per_second": 0.0}
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(update))
        return True

    def resume(self, workspace: str, run_ids: Iterable[str]) -> list[str]:
        """Queue interrupted runs of a workspace again, at the end of the queue; gives the ids of those queued.

        An engine has to be given them (`Engine.submit`).
        """
        chosen = (
            _RUN.c.workspace == workspace,
            _RUN.c.id.in_(list(run_ids)),
            _RUN.c.state == RunState.INTERRUPTED.value,
        )
        update = {
            "state": RunState.QUEUED.value,
            "message": "",
            "submitted": self._clock(),
            "started": None,
            "finished": None,
            "texts_per_second": 0.0,
            "cancel_requested": False,
            "engine": "",
            "worker": "",
            "attempts": 0,
        }
        with self._database.writing() as connection:
            query = sa.select(_RUN.c.id).where(*chosen).order_by(_RUN.c.created, _RUN.c.experiment_id, _RUN.c.position)
            found = list(connection.execute(query.with_for_update()).scalars())
            connection.execute(_RUN.update().where(*chosen).values(update))
        return found

    def _served(self, connection: sa.Connection, waiting: Sequence[Waiting]) -> dict[str, Service]:
        """What the workspaces of these runs have had of the workers in the last hour."""
        now = self._clock()
        lately = now - timedelta(seconds=MEMORY_SECONDS)
        query = sa.select(_RUN.c.workspace, _RUN.c.state, _RUN.c.worker, _RUN.c.started, _RUN.c.finished).where(
            _RUN.c.workspace.in_({run.workspace for run in waiting}),
            _RUN.c.worker != "",
            sa.or_(_RUN.c.state.in_(ACTIVE_NAMES), _RUN.c.finished > lately),
        )
        running: Counter[str] = Counter()
        seconds: defaultdict[str, float] = defaultdict(float)
        for row in connection.execute(query):
            running[row.workspace] += row.state in ACTIVE_NAMES
            since = max(row.started, lately) if row.started else now
            seconds[row.workspace] += max(0.0, ((row.finished or now) - since).total_seconds())
        return {name: Service(running[name], seconds[name]) for name in running}


def _waiting(connection: sa.Connection, engine_id: str) -> list[Waiting]:
    """Runs that wait, first come first: in the order of experiments, then in the experiment's own."""
    chosen = (_RUN.c.engine == engine_id, _RUN.c.state == RunState.QUEUED.value, _RUN.c.worker == "")
    order = (sa.func.coalesce(_RUN.c.submitted, _RUN.c.created), _RUN.c.experiment_id, _RUN.c.position)
    query = sa.select(_RUN.c.id, _RUN.c.workspace).where(*chosen).order_by(*order)
    return [Waiting(row.id, row.workspace) for row in connection.execute(query)]
