"""Which engines live, and what becomes of the runs of one that is gone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.database import Database, new_id
from seqcore.store.progress import Progress
from seqcore.store.records import ACTIVE_NAMES, ActiveRun, EngineRecord, RunState

_RUN, _ENGINE = schema.runs, schema.engines
UNCLAIMED_SECONDS = 300.0  # after this a queued run that no engine was given is taken for lost


class Engines:
    """Signs of life, and the end of runs whose engine is gone."""

    def __init__(self, database: Database, progress: Progress, clock: Callable[[], datetime]) -> None:
        self._database, self._progress, self._clock = database, progress, clock

    def beat(self, engine_id: str, host: str, pid: int) -> None:
        """A sign of life of an engine; the first one signs it in."""
        update = _ENGINE.update().where(_ENGINE.c.id == engine_id)
        values = {"host": host[: schema.NAME_LENGTH], "pid": pid, "heartbeat": self._clock()}
        with self._database.writing() as connection:
            if connection.execute(update.values(beats=_ENGINE.c.beats + 1, **values)).rowcount == 0:
                connection.execute(_ENGINE.insert().values(id=engine_id, beats=1, **values))

    def try_to_write(self) -> None:
        """Sign an engine in and out that nobody ever sees, in one transaction."""
        nobody = {"id": new_id(), "host": "", "pid": 0, "heartbeat": self._clock(), "beats": 0}
        with self._database.writing() as connection:
            connection.execute(_ENGINE.insert().values(nobody))
            connection.execute(_ENGINE.delete().where(_ENGINE.c.id == nobody["id"]))

    def sign_out(self, engine_id: str) -> None:
        """Forget an engine that ends."""
        with self._database.writing() as connection:
            connection.execute(_ENGINE.delete().where(_ENGINE.c.id == engine_id))

    def all(self) -> list[EngineRecord]:
        """All engines that signed in and did not sign out, living or not."""
        with self._database.reading() as connection:
            return [EngineRecord(**row) for row in connection.execute(sa.select(_ENGINE)).mappings()]

    def silence(self, engine: EngineRecord) -> float:
        """Seconds since an engine's last sign of life, as far as the clocks of its machine and ours agree."""
        return (self._clock() - engine.heartbeat).total_seconds()

    def active_on(self, engine_id: str) -> list[ActiveRun]:
        """Every active run of an engine, queued ones too, the oldest first."""
        return self._active(_RUN.c.engine == engine_id)

    def active_among(self, run_ids: Iterable[str]) -> list[ActiveRun]:
        """Those of the runs that are active, whichever engine has them."""
        return self._active(_RUN.c.id.in_(list(run_ids)))

    def resolve_orphans(self, living: Collection[str], reason: str) -> list[str]:
        """End active runs whose engine is not among the living; gives their ids.

        A queued run that was given to no engine yet is left alone for some minutes: its app may still be starting one.
        """
        queued = sa.func.coalesce(_RUN.c.submitted, _RUN.c.created)
        unclaimed = sa.and_(_RUN.c.engine == "", queued > self._clock() - timedelta(seconds=UNCLAIMED_SECONDS))
        lost = (_RUN.c.state.in_(ACTIVE_NAMES), _RUN.c.engine.not_in(list(living)), sa.not_(unclaimed))
        with self._database.reading() as connection:
            run_ids = list(connection.execute(sa.select(_RUN.c.id).where(*lost)).scalars())
        return [run_id for run_id in run_ids if self._progress.interrupt(run_id, reason)]

    def _active(self, condition: sa.ColumnElement[bool]) -> list[ActiveRun]:
        columns = (
            _RUN.c.id, _RUN.c.state, _RUN.c.engine, _RUN.c.worker, _RUN.c.cancel_requested,
            (_RUN.c.step > 0).label("has_trained"),
        )  # fmt: skip
        order = (_RUN.c.created, _RUN.c.experiment_id, _RUN.c.position)  # or a database gives them as it pleases
        query = sa.select(*columns).where(condition, _RUN.c.state.in_(ACTIVE_NAMES)).order_by(*order)
        with self._database.reading() as connection:
            return [
                ActiveRun(**{**row, "state": RunState(row["state"])}) for row in connection.execute(query).mappings()
            ]
