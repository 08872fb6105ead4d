"""What the servers of one store do by turns: a chore is begun by one of them, and by no other until it is due again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.database import Database

_CHORE = schema.chores


class Chores:
    """Who may begin a chore; the first of several servers that asks, and then nobody for a while."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def begin(self, name: str, *, every: timedelta) -> bool:
        """Whether whoever asks is to do it now; False where it was begun less than `every` ago."""
        now = self._clock()
        due = _CHORE.update().where(_CHORE.c.name == name, _CHORE.c.begun <= now - every)
        try:
            with self._database.writing() as connection:
                if connection.execute(due.values(begun=now)).rowcount:
                    return True
                connection.execute(_CHORE.insert().values(name=name, begun=now))
        except sa.exc.IntegrityError:  # it is there, and not due
            return False
        return True
