"""What workers lately did for whom: the turns that are over, and those that go on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.fairness import NOTHING, Going, Service
from seqcore.store.records import ACTIVE_NAMES

_RUN, _TURN, _PLACE = schema.runs, schema.turns, schema.places
# Work longer ago gives nobody a place further back. It is as short as people wait patiently: whoever had the workers
# for themselves all morning is behind a newcomer for a minute, not until both have had the same.
MEMORY_SECONDS = 120.0
KEPT_SECONDS = 3600.0  # turns that ended before that are forgotten; until then they say who waited longest


def end_turn(connection: sa.Connection, row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """Note that the worker of a run gives it up; gives what changes in the run's row for that.

    Args:
        connection: Of a transaction that writes.
        row: Of the run: its workspace, and `taken` and `worked` of the schema.
        now: The time.
    """
    if row["taken"] is None:
        return {"taken": None, "leaving": False}
    connection.execute(_TURN.delete().where(_TURN.c.ended < now - timedelta(seconds=KEPT_SECONDS)))
    ended = max(now, row["taken"])  # a clock that was put back
    connection.execute(_TURN.insert().values(workspace=row["workspace"], began=row["taken"], ended=ended))
    return {"taken": None, "leaving": False, "worked": row["worked"] + (ended - row["taken"]).total_seconds()}


def going_on(connection: sa.Connection, engine_id: str, now: datetime) -> list[Going]:
    """The runs that workers of an engine have."""
    columns = (_RUN.c.id, _RUN.c.workspace, _RUN.c.taken, _RUN.c.leaving)
    going = (_RUN.c.engine == engine_id, _RUN.c.worker != "", _RUN.c.state.in_(ACTIVE_NAMES))
    return [
        Going(row.id, row.workspace, _seconds(row.taken or now, now), row.leaving)
        for row in connection.execute(sa.select(*columns).where(*going))
    ]


def served(connection: sa.Connection, now: datetime) -> dict[str, Service]:
    """What every workspace has had of the workers lately, whichever engine they belong to."""
    lately = now - timedelta(seconds=MEMORY_SECONDS)
    running: Counter[str] = Counter()
    seconds: defaultdict[str, float] = defaultdict(float)
    for row in connection.execute(
        sa.select(_RUN.c.workspace, _RUN.c.taken).where(_RUN.c.worker != "", _RUN.c.state.in_(ACTIVE_NAMES))
    ):
        running[row.workspace] += 1
        seconds[row.workspace] += _seconds(max(row.taken or now, lately), now)
    for row in connection.execute(sa.select(_TURN).where(_TURN.c.ended > lately)):
        seconds[row.workspace] += _seconds(max(row.began, lately), row.ended)
    last = sa.select(_TURN.c.workspace, sa.func.max(_TURN.c.ended).label("last")).group_by(_TURN.c.workspace)
    last = last.where(_TURN.c.ended > now - timedelta(seconds=KEPT_SECONDS))
    found = {row.workspace: Service(0, 0.0, row.last.timestamp()) for row in connection.execute(last)}
    for name in seconds:
        found[name] = found.get(name, NOTHING) + Service(running[name], seconds[name])
    return found


def places_of(connection: sa.Connection, workspaces: Iterable[str]) -> dict[str, str]:
    """The place of each of these workspaces that shares one."""
    query = sa.select(_PLACE.c.workspace, _PLACE.c.place).where(_PLACE.c.workspace.in_(list(workspaces)))
    return {row.workspace: row.place for row in connection.execute(query)}


def _seconds(since: datetime, until: datetime) -> float:
    return max(0.0, (until - since).total_seconds())
