"""Where workspaces share one place in the queue, noted when one of them queues runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.records import ACTIVE_NAMES

_RUN, _PLACE = schema.runs, schema.places
KEPT = timedelta(days=1)  # of a workspace whose runs are done: nobody waits behind it any more


def note_place(connection: sa.Connection, workspace: str, place: str, now: datetime) -> None:
    """Note where a workspace queues its runs from now on, and forget those that have none any more."""
    active = sa.select(_RUN.c.workspace).where(_RUN.c.state.in_(ACTIVE_NAMES))
    connection.execute(_PLACE.delete().where(_PLACE.c.noted < now - KEPT, _PLACE.c.workspace.not_in(active)))
    here = _PLACE.c.workspace == workspace
    if connection.execute(_PLACE.update().where(here).values(place=place, noted=now)).rowcount == 0:
        connection.execute(_PLACE.insert().values(workspace=workspace, place=place, noted=now))


def runs_in_flight(connection: sa.Connection, place: str) -> int:
    """Runs of all workspaces of a place that wait or are being worked on."""
    there = sa.select(_PLACE.c.workspace).where(_PLACE.c.place == place)
    query = sa.select(sa.func.count()).where(_RUN.c.workspace.in_(there), _RUN.c.state.in_(ACTIVE_NAMES))
    return int(connection.execute(query).scalar_one())


PlaceOf = Callable[[str], str]  # name of a workspace → of its place; "": it is one by itself
