"""The runs of all workspaces, as the operator of a server sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.column_types import UtcTime
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


@dataclass(frozen=True)
class SeenWorkspace:
    """What a workspace has, in numbers.

    Attributes:
        seen: When somebody last looked at something of it, to the hour, or made it.
        runs: All of them; `going` of them wait or are worked on.
        storage: Bytes of its data sets and of what its runs left behind.
    """

    name: str
    seen: datetime
    datasets: int
    experiments: int
    runs: int
    going: int
    links: int
    storage: int


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

    def workspaces(self) -> list[SeenWorkspace]:
        """Every workspace that has something, the one that takes most room first."""
        found: dict[str, dict[str, Any]] = {}
        tables = {"datasets": schema.datasets, "experiments": schema.experiments, "runs": _RUN, "links": schema.links}
        with self._database.reading() as connection:
            for name, table in tables.items():
                for row in connection.execute(_counted(table)).mappings():
                    of_it = found.setdefault(row["workspace"], {"storage": 0, "going": 0, "seen": row["seen"]})
                    of_it[name] = row["count"]
                    of_it["seen"] = max(of_it["seen"], row["seen"])
                    of_it["storage"] += row["bytes"]
                    of_it["going"] += row["going"]
        counts = {"datasets": 0, "experiments": 0, "runs": 0, "links": 0}
        listed = [SeenWorkspace(name=name, **{**counts, **values}) for name, values in found.items()]
        return sorted(listed, key=lambda each: (-each.storage, each.name))


def _counted(table: sa.Table) -> sa.Select[Any]:
    looked = table.c.get("looked_at", table.c.created)
    seen = sa.func.max(sa.func.coalesce(looked, table.c.created), type_=UtcTime)
    going = sa.func.sum(sa.case((table.c.state.in_(ACTIVE_NAMES), 1), else_=0)) if "state" in table.c else sa.literal(0)
    size = sa.func.coalesce(sa.func.sum(table.c.bytes), 0) if "bytes" in table.c else sa.literal(0)
    columns = (table.c.workspace, sa.func.count().label("count"), seen.label("seen"), going.label("going"))
    return sa.select(*columns, size.label("bytes")).group_by(table.c.workspace)
