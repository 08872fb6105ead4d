"""Which engine has which run, and which engines live."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.database import one_at_a_time, patient
from seqcore.store.fairness import Service, Waiting, fair_order
from seqcore.store.queue import Requeue
from seqcore.store.records import ACTIVE_NAMES, ActiveRun, EngineRecord, RunState

_RUN, _ENGINE = schema.runs, schema.engines
MEMORY_SECONDS = 3600.0  # work longer ago gives nobody a place further back
UNCLAIMED_SECONDS = 300.0  # after this a queued run that no engine was given is taken for lost


class Engines(Requeue):
    """Signs of life, and the end of runs whose engine is gone."""

    def beat(self, engine_id: str, host: str, pid: int) -> None:
        """A sign of life of an engine; the first one signs it in."""
        update = _ENGINE.update().where(_ENGINE.c.id == engine_id)
        values = {"host": host[: schema.NAME_LENGTH], "pid": pid, "heartbeat": self._clock()}
        with self.database.writing() as connection:
            if connection.execute(update.values(beats=_ENGINE.c.beats + 1, **values)).rowcount == 0:
                connection.execute(_ENGINE.insert().values(id=engine_id, beats=1, **values))

    def sign_out(self, engine_id: str) -> None:
        """Forget an engine that ends."""
        with self.database.writing() as connection:
            connection.execute(_ENGINE.delete().where(_ENGINE.c.id == engine_id))

    def engines(self) -> list[EngineRecord]:
        """All engines that signed in and did not sign out, living or not."""
        with self.database.reading() as connection:
            return [EngineRecord(**row) for row in connection.execute(sa.select(_ENGINE)).mappings()]

    def claim(self, run_ids: Iterable[str], engine_id: str) -> list[str]:
        """Give queued runs to an engine; gives the ids, in order, of those that are still queued."""
        wanted = list(dict.fromkeys(run_ids))
        queued = (_RUN.c.id.in_(wanted), _RUN.c.state == RunState.QUEUED.value)
        with self.database.writing() as connection:
            connection.execute(_RUN.update().where(*queued).values(engine=engine_id))
            given = set(connection.execute(sa.select(_RUN.c.id).where(*queued)).scalars())
        return [run_id for run_id in wanted if run_id in given]

    @patient
    def take(self, engine_id: str, worker: str) -> str | None:
        """Give the next queued run of an engine to one of its workers; None when none waits.

        The next one belongs to the workspace that has been served least, see `queue.fair_order`.
        """
        with self.database.writing() as connection:
            one_at_a_time(connection)
            waiting = _waiting(connection, engine_id)
            if not waiting:
                return None
            run_id = fair_order(waiting, self._served(connection, waiting))[0]
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(worker=worker))
        return run_id

    def queue(self, engine_id: str) -> list[str]:
        """Ids of the runs that wait for a worker of an engine, the next one first."""
        with self.database.reading() as connection:
            waiting = _waiting(connection, engine_id)
            return fair_order(waiting, self._served(connection, waiting)) if waiting else []

    def put_back(self, run_id: str) -> None:
        """Let another worker take a run that is still queued."""
        queued = (_RUN.c.id == run_id, _RUN.c.state == RunState.QUEUED.value)
        with self.database.writing() as connection:
            connection.execute(_RUN.update().where(*queued).values(worker=""))

    def active_on(self, engine_id: str) -> list[ActiveRun]:
        """Every active run of an engine, queued ones too."""
        columns = (_RUN.c.id, _RUN.c.state, _RUN.c.worker, _RUN.c.cancel_requested)
        query = sa.select(*columns).where(_RUN.c.engine == engine_id, _RUN.c.state.in_(ACTIVE_NAMES))
        with self.database.reading() as connection:
            return [
                ActiveRun(row.id, RunState(row.state), row.worker, row.cancel_requested)
                for row in connection.execute(query)
            ]

    def resolve_orphans(self, living: Collection[str], reason: str) -> list[str]:
        """Mark active runs whose engine is not among the living as interrupted; gives their ids.

        A queued run that was given to no engine yet is left alone for some minutes: its app may still be starting one.
        """
        queued = sa.func.coalesce(_RUN.c.submitted, _RUN.c.created)
        unclaimed = sa.and_(_RUN.c.engine == "", queued > self._clock() - timedelta(seconds=UNCLAIMED_SECONDS))
        lost = (_RUN.c.state.in_(ACTIVE_NAMES), _RUN.c.engine.not_in(list(living)), sa.not_(unclaimed))
        with self.database.reading() as connection:
            run_ids = list(connection.execute(sa.select(_RUN.c.id).where(*lost)).scalars())
        return [run_id for run_id in run_ids if self.finish(run_id, state=RunState.INTERRUPTED, message=reason)]

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
