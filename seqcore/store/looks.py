"""When somebody last looked at a thing: noted once an hour at most, so that looking costs next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa

from seqcore.errors import StorageError
from seqcore.store import schema
from seqcore.store.database import Database
from seqcore.store.records import Dataset, Experiment
from seqcore.store.sweep_record import SweepRecord

_HOUR = timedelta(hours=1)
_TABLES = {Dataset: schema.datasets, Experiment: schema.experiments, SweepRecord: schema.sweeps}


class Looks:
    """Notes looks; where nothing can be written (a full disk, another writer), looking works all the same."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def note(self, *things: Dataset | Experiment | SweepRecord) -> None:
        """Somebody looks at these now, as they were just read."""
        now = self._clock()
        stale = [each for each in things if each.looked_at is None or each.looked_at < now - _HOUR]
        if not stale:
            return
        with suppress(StorageError), self._database.writing() as connection:
            for each in stale:
                table = _TABLES[type(each)]
                connection.execute(table.update().where(table.c.id == each.id).values(looked_at=now))

    def note_run(self, experiment_id: str) -> None:
        """Somebody looks at a run of an experiment now."""
        now, table = self._clock(), schema.experiments
        stale = sa.and_(
            table.c.id == experiment_id, sa.or_(table.c.looked_at.is_(None), table.c.looked_at < now - _HOUR)
        )
        with self._database.reading() as connection:
            if connection.execute(sa.select(table.c.id).where(stale)).scalar() is None:
                return
        with suppress(StorageError), self._database.writing() as connection:
            connection.execute(table.update().where(stale).values(looked_at=now))
