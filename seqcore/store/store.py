"""The store: one object with all that is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from seqcore.store.allowance import Limits
from seqcore.store.artifacts import Artifacts
from seqcore.store.catalogue import Catalogue
from seqcore.store.database import Database, utc_now
from seqcore.store.engines import Engines
from seqcore.store.measurements import Numbers
from seqcore.store.runs import Runs


class Store(Catalogue, Runs, Numbers, Engines):
    """Data sets, experiments, runs, their numbers and files; safe from several threads and processes.

    Args:
        database_url: SQLAlchemy URL: `sqlite:///<path>` or `postgresql+psycopg://...`.
        artifacts_url: A folder or an fsspec URL.
        limits: What one workspace may have; None: as much as it likes.
        clock: Gives the time, with its zone.

    Raises:
        SeqlabError: the database was written by another version of this program.
    """

    def __init__(
        self,
        database_url: str,
        artifacts_url: str,
        *,
        limits: Limits | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(Database(database_url), Artifacts(artifacts_url), clock)
        self.database_url = database_url
        self.artifacts_url = artifacts_url
        self.limits = limits

    def close(self) -> None:
        """Close the connections of this process; they come back when needed."""
        self.database.dispose()
