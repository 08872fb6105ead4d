"""When each thing was last looked at, by itself or as a part of something else: what retention goes by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.database import Database
from seqcore.store.records import ACTIVE_NAMES
from seqcore.store.sweep_rows import OPEN_NAMES

_DATASET, _EXPERIMENT, _RUN, _SWEEP = schema.datasets, schema.experiments, schema.runs, schema.sweeps

Kind = Literal["sweep", "experiment", "data set"]


@dataclass(frozen=True)
class LastLook:
    """When somebody last looked at a thing, or it was made, or something of it ended; now, while something goes on."""

    kind: Kind
    id: str
    workspace: str
    name: str
    at: datetime


class LastLooks:
    """Works them out with one query for each table.

    An experiment is looked at with the sweep that it belongs to and with the one whose models it trains on parts; a
    data set with whatever learned from it.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def all(self, workspace: str | None = None) -> list[LastLook]:
        """Those of a workspace, or of all: sweeps first, then experiments, then data sets, as they can be deleted."""
        with self._database.reading() as connection:
            experiments, datasets, sweeps = (
                connection.execute(_of(table, workspace)).mappings().all() for table in (_EXPERIMENT, _DATASET, _SWEEP)
            )
            active = sa.func.sum(sa.case((_RUN.c.state.in_(ACTIVE_NAMES), 1), else_=0))
            runs = connection.execute(
                sa.select(_RUN.c.experiment_id, sa.func.max(_RUN.c.finished), active).group_by(_RUN.c.experiment_id)
            ).all()
        at = {row["id"]: _latest(row["created"], row["looked_at"]) for row in (*experiments, *datasets)}
        now = self._clock()
        for experiment_id, finished, going in runs:
            if experiment_id in at:
                at[experiment_id] = now if going else _latest(at[experiment_id], finished)
        of_sweeps = [[row["experiment_id"], row["final_experiment_id"]] for row in sweeps]
        for row in sweeps:
            at[row["id"]] = (
                now if row["state"] in OPEN_NAMES else _latest(row["created"], row["looked_at"], row["ended"])
            )
        for _ in range(2):  # what judges two sweeps brings the news of one to the other
            for row, parts in zip(sweeps, of_sweeps, strict=True):
                together = [row["id"], *(each for each in parts if each in at)]
                at |= dict.fromkeys(together, _latest(*(at[each] for each in together)))
        for row in experiments:
            at[row["id"]] = _latest(at[row["id"]], at.get(row["origin"]))
        for row in (*experiments, *sweeps):
            if row["dataset_id"] in at:
                at[row["dataset_id"]] = _latest(at[row["dataset_id"]], at[row["id"]])
        return [
            *(LastLook("sweep", row["id"], row["workspace"], row["architecture"], at[row["id"]]) for row in sweeps),
            *(LastLook("experiment", row["id"], row["workspace"], row["name"], at[row["id"]]) for row in experiments),
            *(LastLook("data set", row["id"], row["workspace"], row["name"], at[row["id"]]) for row in datasets),
        ]


def _of(table: sa.Table, workspace: str | None) -> sa.Select[tuple[object, ...]]:
    query = sa.select(table)
    return query if workspace is None else query.where(table.c.workspace == workspace)


def _latest(*moments: datetime | None) -> datetime:
    return max(moment for moment in moments if moment is not None)
