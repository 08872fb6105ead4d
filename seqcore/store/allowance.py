"""What a workspace may hold: its runs in flight and its storage."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from seqcore.errors import LimitError
from seqcore.settings import Settings
from seqcore.store import schema
from seqcore.store.base import Base
from seqcore.store.records import ACTIVE

_RUN, _DATASET = schema.runs, schema.datasets
_ACTIVE_NAMES = [state.value for state in ACTIVE]
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The most that one workspace may have.

    Attributes:
        runs_in_flight: Runs that wait or are being worked on.
        storage: Bytes of data sets and of what runs left behind.
    """

    runs_in_flight: int
    storage: int

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Those of a deployment."""
        return cls(settings.max_runs_in_flight, settings.max_storage_mb * _MEGABYTE)


@dataclass(frozen=True)
class Usage:
    """What a workspace has now, in the terms of `Limits`."""

    runs_in_flight: int
    storage: int


class Allowance(Base):
    """Counts what a workspace has and refuses what would be too much; a store without limits refuses nothing."""

    limits: Limits | None = None

    def usage(self, workspace: str) -> Usage:
        """What a workspace has now."""
        with self.database.reading() as connection:
            return _usage(connection, workspace)

    def _allow_storage(self, connection: sa.Connection, workspace: str, more: int) -> None:
        """Refuse more bytes than there is room for.

        Raises:
            LimitError: the workspace is full.
        """
        if self.limits is None:
            return
        used, most = _usage(connection, workspace).storage, self.limits.storage
        if used + more > most:
            raise LimitError(
                "Your storage is full",
                received=f"{_megabytes(used + more)} MB of {_megabytes(most)} MB",
                remedy="Delete experiments that you no longer need on the Runs page",
            )

    def _allow_runs(self, connection: sa.Connection, workspace: str, more: int) -> None:
        """Refuse more runs than may be in flight.

        Raises:
            LimitError: too many.
        """
        if self.limits is None:
            return
        going, most = _usage(connection, workspace).runs_in_flight, self.limits.runs_in_flight
        if going + more > most:
            raise LimitError(
                "With these, too many models are waiting or training",
                received=f"{more} more, with {going} there and {most} allowed",
                remedy="Wait until some are done, stop some, or choose fewer",
            )


def _usage(connection: sa.Connection, workspace: str) -> Usage:
    counted = sa.case((_RUN.c.state.in_(_ACTIVE_NAMES), 1), else_=0)
    runs = sa.select(sa.func.coalesce(sa.func.sum(counted), 0), sa.func.coalesce(sa.func.sum(_RUN.c.bytes), 0))
    going, kept = connection.execute(runs.where(_RUN.c.workspace == workspace)).one()
    data = sa.select(sa.func.coalesce(sa.func.sum(_DATASET.c.bytes), 0)).where(_DATASET.c.workspace == workspace)
    return Usage(int(going), int(kept) + int(connection.execute(data).scalar_one()))


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f}".removesuffix(".0")
