"""What a workspace may hold: its runs in flight and its storage."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from seqcore.errors import LimitError
from seqcore.settings import Settings
from seqcore.store import schema
from seqcore.store.database import Database
from seqcore.store.places import PlaceOf, note_place, runs_in_flight
from seqcore.store.records import ACTIVE_NAMES

_LOG = logging.getLogger(__name__)
_RUN, _DATASET = schema.runs, schema.datasets
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The most that one workspace may have.

    Attributes:
        runs_in_flight: Runs that wait or are being worked on.
        storage: Bytes of data sets and of what runs left behind.
        total: The same of all workspaces together; 0: any number.
        runs_per_address: Runs in flight of all workspaces that share an address; 0: any number.
    """

    runs_in_flight: int
    storage: int
    total: int = 0
    runs_per_address: int = 0

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Those of a deployment."""
        return cls(
            settings.max_runs_in_flight,
            settings.max_storage_mb * _MEGABYTE,
            settings.max_total_storage_mb * _MEGABYTE,
            settings.max_runs_per_address,
        )


@dataclass(frozen=True)
class Usage:
    """What a workspace has now, in the terms of `Limits`."""

    runs_in_flight: int
    storage: int


class Allowance:
    """Counts what a workspace has and refuses what would be too much.

    Args:
        database: Where it is counted.
        limits: The most there may be; None refuses nothing.
        clock: Gives the time.
        place_of: Which workspaces share a place, as far as this process knows their visitors.
    """

    def __init__(
        self, database: Database, limits: Limits | None, clock: Callable[[], datetime], place_of: PlaceOf
    ) -> None:
        self._database, self._clock, self._place_of = database, clock, place_of
        self.limits = limits

    def usage(self, workspace: str) -> Usage:
        """What a workspace has now."""
        with self._database.reading() as connection:
            return _usage(connection, workspace)

    def check(self, connection: sa.Connection, workspace: str, *, runs: int = 0, storage: int = 0) -> None:
        """Refuse more runs in flight than there may be, and more bytes than there is room for.

        Raises:
            LimitError: too many, or the workspace is full.
        """
        place = self._place_of(workspace) if runs else ""
        if place:
            note_place(connection, workspace, place, self._clock())
        if self.limits is None:
            return
        usage = _usage(connection, workspace)
        going, most_runs = usage.runs_in_flight, self.limits.runs_in_flight
        if runs and going + runs > most_runs:
            raise LimitError(
                "With these, too many models are waiting or training",
                received=f"{runs} more, with {going} there and {most_runs} allowed",
                remedy="Wait until some are done, stop some, or choose fewer",
            )
        most_there = self.limits.runs_per_address
        if place and most_there and (there := runs_in_flight(connection, place)) + runs > most_there:
            raise LimitError(
                "With these, too many models are waiting or training for people at your internet address",
                received=f"{runs} more, with {there} there and {most_there} allowed",
                remedy="Wait until some are done, or choose fewer; whoever runs this server can allow more "
                "(SEQLAB_MAX_RUNS_PER_ADDRESS, SEQLAB_SHARED_ADDRESSES)",
            )
        wanted, room = usage.storage + storage, self.limits.storage
        if wanted > room:
            raise LimitError(
                "Your storage is full",
                received=f"{_megabytes(wanted)} MB of {_megabytes(room)} MB",
                remedy="Delete experiments that you no longer need on the Runs page",
            )
        if self.limits.total:
            _refuse_beyond(connection, storage, self.limits.total)


def _refuse_beyond(connection: sa.Connection, storage: int, most: int) -> None:
    """Refuse more bytes than all workspaces may have together; by what the tables say, the disk is not looked at."""
    wanted = total_storage(connection) + storage
    if wanted <= most:
        return
    _LOG.warning(
        "nothing new is kept: %s MB of SEQLAB_MAX_TOTAL_STORAGE_MB=%s; `operator workspaces` says whose",
        _megabytes(wanted),
        _megabytes(most),
    )
    raise LimitError(
        "This server's storage is full, that of all who use it together",
        received=f"{_megabytes(wanted)} MB of {_megabytes(most)} MB",
        remedy="Delete what you no longer need on the Runs page, or tell whoever runs this server",
    )


def total_storage(connection: sa.Connection) -> int:
    """Bytes of the data sets and of what the runs of all workspaces left behind."""
    sums = (sa.select(sa.func.coalesce(sa.func.sum(table.c.bytes), 0)) for table in (_RUN, _DATASET))
    return sum(int(connection.execute(query).scalar_one()) for query in sums)


def _usage(connection: sa.Connection, workspace: str) -> Usage:
    counted = sa.case((_RUN.c.state.in_(ACTIVE_NAMES), 1), else_=0)
    runs = sa.select(sa.func.coalesce(sa.func.sum(counted), 0), sa.func.coalesce(sa.func.sum(_RUN.c.bytes), 0))
    going, kept = connection.execute(runs.where(_RUN.c.workspace == workspace)).one()
    data = sa.select(sa.func.coalesce(sa.func.sum(_DATASET.c.bytes), 0)).where(_DATASET.c.workspace == workspace)
    return Usage(int(going), int(kept) + int(connection.execute(data).scalar_one()))


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f}".removesuffix(".0")
