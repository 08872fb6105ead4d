"""The runs of all workspaces, as the operator of a server sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.database import Database
from seqcore.store.records import ACTIVE_NAMES, RunState
from seqcore.store.run_rows import as_state

_RUN, _METRIC = schema.runs, schema.metrics


@dataclass(frozen=True)
class SeenRun:
    """A run of whichever workspace, without anything that its owner wrote but its settings' names.

    Attributes:
        engine: Id of the engine that has it; empty before it was submitted.
        trained: Seconds of training so far, those before an interruption included.
    """

    id: str
    workspace: str
    architecture: str
    state: RunState
    created: datetime
    engine: str
    trained: float


class Oversight:
    """Looks across workspaces; for whoever runs the server, never for a page of a visitor."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def runs(self, *, done: bool = False) -> list[SeenRun]:
        """Runs that wait or are being worked on, the newest first; with those that are done, if asked for."""
        seconds = sa.select(sa.func.max(_METRIC.c.seconds)).where(_METRIC.c.run_id == _RUN.c.id).scalar_subquery()
        columns = (_RUN.c.id, _RUN.c.workspace, _RUN.c.architecture, _RUN.c.state, _RUN.c.created, _RUN.c.engine)
        query = sa.select(*columns, seconds.label("trained")).order_by(_RUN.c.created.desc(), _RUN.c.position)
        if not done:
            query = query.where(_RUN.c.state.in_(ACTIVE_NAMES))
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [
            SeenRun(**{**row, "state": as_state(row["state"]) or RunState.FAILED, "trained": row["trained"] or 0.0})
            for row in rows
        ]
