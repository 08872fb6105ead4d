"""Runs that wait for a worker: who is next, and the ways back into the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.database import Database, one_at_a_time, patient
from seqcore.store.fairness import Going, Service, Waiting, fair_order, who_gives_way
from seqcore.store.progress import belongs_to, locked
from seqcore.store.records import ACTIVE_NAMES, RunState
from seqcore.store.turns import end_turn, going_on, places_of, served

_RUN = schema.runs


@dataclass(frozen=True)
class _Line:
    """Who has the workers of an engine and who waits for them, at one moment."""

    waiting: list[Waiting]
    going: list[Going]
    served: Mapping[str, Service]
    places: Mapping[str, str]

    def order(self) -> list[str]:
        """Ids of the runs that wait, the next one first."""
        return fair_order(self.waiting, self.served, self.places)

    def gives_way(self) -> str | None:
        """Id of the run that should give its worker up."""
        return who_gives_way(self.going, self.waiting, self.served, self.places)


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
            order = self._line(connection, engine_id).order()
            if not order:
                return None
            connection.execute(_RUN.update().where(_RUN.c.id == order[0]).values(worker=worker, leaving=False))
        return order[0]

    def waiting(self, engine_id: str) -> list[str]:
        """Ids of the runs that wait for a worker of an engine, the next one first."""
        with self._database.reading() as connection:
            return self._line(connection, engine_id).order()

    def put_back(self, run_id: str) -> None:
        """Let another worker take a run that is still queued."""
        queued = (_RUN.c.id == run_id, _RUN.c.state == RunState.QUEUED.value)
        with self._database.writing() as connection:
            connection.execute(_RUN.update().where(*queued).values(worker=""))

    def should_give_way(self, run_id: str, engine_id: str) -> bool:
        """Whether a run should give its worker to one that waits, see `fairness.who_gives_way`; from now on it leaves.

        From then on nobody else is asked to leave for the same one, until `give_way` or `stay` is called.
        """
        with self._database.reading() as connection:
            if self._line(connection, engine_id).gives_way() != run_id:
                return False
        with self._database.writing() as connection:
            one_at_a_time(connection)
            if self._line(connection, engine_id).gives_way() != run_id:
                return False
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(leaving=True))
        return True

    def stay(self, run_id: str) -> None:
        """Let a run that was to leave keep its worker: it cannot go on elsewhere."""
        with self._database.writing() as connection:
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(leaving=False))

    @patient
    def give_way(self, run_id: str, *, worker: str, seconds: Mapping[str, float]) -> bool:
        """Put a run that was to leave back into the queue, in its old place in its workspace.

        Args:
            run_id: The run; what it needs to go on elsewhere is written already.
            worker: Who gives it up.
            seconds: Of its stages so far, all turns together.

        Returns:
            False, and it keeps its worker, when it is to stop or nobody waits any more; also when it is no longer
            this worker's.
        """
        with self._database.writing() as connection:
            one_at_a_time(connection)
            row = locked(connection, run_id)
            if row is None or not belongs_to(row, worker):
                return False
            others = {run.workspace for run in _waiting(connection, row["engine"])} - {row["workspace"]}
            if row["cancel_requested"] or not others:
                connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(leaving=False))
                return False
            update = {
                "state": RunState.QUEUED.value,
                "worker": "",
                "attempts": 0,  # of workers that die; this one did not
                "texts_per_second": 0.0,
                "seconds": dict(seconds),
                **end_turn(connection, row, self._clock()),
            }
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(update))
        return True

    @patient
    def retry(self, run_id: str, *, most_attempts: int) -> bool:
        """Put a run whose worker died back into the queue, in its old place; False: begun too often, or done."""
        with self._database.writing() as connection:
            row = locked(connection, run_id)
            if row is None or row["state"] not in ACTIVE_NAMES or row["attempts"] >= most_attempts:
                return False
            update = {"state": RunState.QUEUED.value, "worker": "", "texts_per_second": 0.0}
            update |= end_turn(connection, row, self._clock())
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
            "taken": None,
            "worked": 0.0,
            "leaving": False,
        }
        with self._database.writing() as connection:
            query = sa.select(_RUN.c.id).where(*chosen).order_by(_RUN.c.created, _RUN.c.experiment_id, _RUN.c.position)
            found = list(connection.execute(query.with_for_update()).scalars())
            connection.execute(_RUN.update().where(*chosen).values(update))
        return found

    def _line(self, connection: sa.Connection, engine_id: str) -> _Line:
        now, waiting = self._clock(), _waiting(connection, engine_id)
        if not waiting:
            return _Line([], [], {}, {})
        had = served(connection, now)
        places = places_of(connection, {*had, *(run.workspace for run in waiting)})
        return _Line(waiting, going_on(connection, engine_id, now), had, places)


def _waiting(connection: sa.Connection, engine_id: str) -> list[Waiting]:
    """Runs that wait, first come first: in the order of experiments, then in the experiment's own.

    What was asked to stop goes before the others of its workspace: all that it waits for is its evaluation.
    """
    chosen = (_RUN.c.engine == engine_id, _RUN.c.state == RunState.QUEUED.value, _RUN.c.worker == "")
    order = (
        _RUN.c.cancel_requested.desc(),
        sa.func.coalesce(_RUN.c.submitted, _RUN.c.created),
        _RUN.c.experiment_id,
        _RUN.c.position,
    )
    query = sa.select(_RUN.c.id, _RUN.c.workspace).where(*chosen).order_by(*order)
    return [Waiting(row.id, row.workspace) for row in connection.execute(query)]
