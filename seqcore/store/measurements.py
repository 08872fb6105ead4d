"""Metric rows read in bulk, for live curves and comparisons."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.database import Database
from seqcore.store.records import MetricRow

_METRIC = schema.metrics
_COLUMNS = tuple(_METRIC.c)

Numbered = tuple[int, str, MetricRow]  # row id, run id, numbers


class Measurements:
    """Reads metric rows with one indexed query."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, run_ids: Iterable[str], after: int = 0) -> list[Numbered]:
        """All rows of these runs, or those after a row id, in the order they were written.

        Asking again with the greatest row id seen gives what is new.
        """
        query = sa.select(*_COLUMNS).where(_METRIC.c.run_id.in_(list(run_ids)), _METRIC.c.id > after)
        return self._numbered(query.order_by(_METRIC.c.id))

    def thinned(self, run_ids: Iterable[str], points: int = 300) -> list[Numbered]:
        """At most `points` rows (at least 3) of each run and split, evenly spread, the first and last among them."""
        if points < 3:
            raise ValueError(f"at least 3 points, not {points}")
        curve = (_METRIC.c.run_id, _METRIC.c.split)
        place = sa.func.row_number().over(order_by=_METRIC.c.id, partition_by=curve).label("place")
        count = sa.func.count().over(partition_by=curve).label("count")
        ranked = sa.select(*_COLUMNS, place, count).where(_METRIC.c.run_id.in_(list(run_ids))).subquery()
        stride = (ranked.c.count + (points - 4)) // (points - 2)  # (count - 1) / (points - 2), rounded up
        step = sa.case((stride < 1, 1), else_=stride)
        chosen = sa.or_((ranked.c.place - 1) % step == 0, ranked.c.place == ranked.c.count)
        columns = [ranked.c[column.name] for column in _COLUMNS]
        return self._numbered(sa.select(*columns).where(chosen).order_by(ranked.c.id))

    def _numbered(self, query: sa.Select[Any]) -> list[Numbered]:
        with self._database.reading() as connection:
            return [
                (row_id, run_id, MetricRow(split, epoch, step, seconds, _or_nan(loss), _or_nan(accuracy)))
                for row_id, run_id, split, epoch, step, seconds, loss, accuracy in connection.execute(query)
            ]


def _or_nan(number: float | None) -> float:
    return math.nan if number is None else number
