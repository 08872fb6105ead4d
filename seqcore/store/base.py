"""What every part of the store stands on: the database, the files, the clock."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from seqcore.store.artifacts import Artifacts
from seqcore.store.database import Database, clean_name, missing

_log = logging.getLogger(__name__)


class Base:
    """Holds the connections of a store.

    Attributes:
        database: The tables.
        artifacts: The files.
    """

    def __init__(self, database: Database, artifacts: Artifacts, clock: Callable[[], datetime]) -> None:
        self.database = database
        self.artifacts = artifacts
        self._clock = clock

    def _rename(self, table: sa.Table, what: str, workspace: str, row_id: str, name: str) -> None:
        update = table.update().where(table.c.workspace == workspace, table.c.id == row_id)
        new = clean_name(name)
        with self.database.writing() as connection:
            kept = connection.execute(update.values(name=new if new else table.c.name))
        if kept.rowcount == 0:
            raise missing(what, row_id)

    def _remove_files(self, *owners: str) -> None:
        """Remove files whose rows are gone; what cannot be removed now is only wasted space."""
        for owner in owners:
            try:
                self.artifacts.remove(owner)
            except OSError:
                _log.warning("the files of %s could not be removed", owner, exc_info=True)
