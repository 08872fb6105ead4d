"""How a run goes on, as its worker reports it, and how it ends."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from seqcore.errors import StorageError
from seqcore.store import schema
from seqcore.store.artifacts import CHECKPOINT, Artifacts
from seqcore.store.database import Database, in_commit_order, missing, patient
from seqcore.store.moments import remove_moments
from seqcore.store.records import ACTIVE_NAMES, DONE, MetricRow, RunState, may_follow
from seqcore.store.turns import end_turn

_RUN = schema.runs
_STAGES = ("preparing", "training")  # that a run may be in when it gives its worker up
_REPORTED = frozenset({"parameters", "message", "epoch", "epochs", "step", "texts_per_second"})


class Progress:
    """What workers write; a done run stays as it is, whoever writes to it later.

    A writer that gives its `worker` address is heard only while the run is that worker's: one that was taken for dead
    and comes back finds its run with another.
    """

    def __init__(self, database: Database, artifacts: Artifacts, clock: Callable[[], datetime]) -> None:
        self._database, self._artifacts, self._clock = database, artifacts, clock

    @patient
    def begin(self, run_id: str, engine: str) -> bool:
        """Take a queued run; False when it was cancelled, deleted or taken already."""
        with self._database.writing() as connection:
            row = locked(connection, run_id)
            if row is None or row["state"] != RunState.QUEUED:
                return False
            if row["cancel_requested"] and not row["step"]:
                self._end(connection, row, RunState.CANCELLED, "Stopped before it started.")
                return False
            now = self._clock()
            update = {
                "state": RunState.PREPARING.value,
                "engine": engine,
                "started": row["started"] or now,
                "taken": now,
                "attempts": sa.func.coalesce(_RUN.c.attempts, 0) + 1,
            }
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(update))
        return True

    @patient
    def set_state(self, run_id: str, state: RunState, *, worker: str | None = None, **fields: Any) -> bool:
        """Move an active run to its next stage, with any of the fields a worker reports; False when it is done.

        Raises:
            NotFoundError: there is no run of that id.
            ValueError: no run goes from its state to that one, or a field is not one to report.
        """
        if not fields.keys() <= _REPORTED:
            raise ValueError(f"not reported by workers: {sorted(fields.keys() - _REPORTED)}")
        if state in DONE:
            return self.finish(run_id, state=state, message=str(fields.get("message", "")), worker=worker)
        with self._database.writing() as connection:
            row = locked(connection, run_id)
            if row is None:
                raise missing("run", run_id)
            if not belongs_to(row, worker):
                return False
            _check_order(RunState(row["state"]), state)
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(state=state.value, **fields))
        return True

    @patient
    def record(
        self,
        run_id: str,
        rows: Sequence[MetricRow],
        *,
        epoch: float,
        texts_per_second: float,
        worker: str | None = None,
    ) -> bool:
        """Add metric rows; True when the run is to stop (asked for, done or deleted).

        Args:
            run_id: The run.
            rows: Its new numbers, in order.
            epoch: Its position in epochs.
            texts_per_second: Its speed.
            worker: Who writes.
        """
        with self._database.writing() as connection:
            in_commit_order(connection)
            row = locked(connection, run_id)
            if row is None or not belongs_to(row, worker):
                return True
            update = {"epoch": epoch, "texts_per_second": texts_per_second}
            if rows:
                connection.execute(schema.metrics.insert(), [_metric(run_id, metric) for metric in rows])
                update["step"] = max(metric.step for metric in rows)
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(update))
        return bool(row["cancel_requested"])

    @patient
    def rewind(self, run_id: str, epoch: float, *, worker: str | None = None) -> None:
        """Put an active run back to a position in epochs; what it reported beyond is forgotten."""
        table = schema.metrics
        reached = sa.select(sa.func.coalesce(sa.func.max(table.c.step), 0)).where(table.c.run_id == run_id)
        with self._database.writing() as connection:
            row = locked(connection, run_id)
            if row is None or not belongs_to(row, worker):
                return
            connection.execute(table.delete().where(table.c.run_id == run_id, table.c.epoch > epoch))
            update = {"epoch": epoch, "step": reached.scalar_subquery()}
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(update))

    @patient
    def finish(
        self,
        run_id: str,
        *,
        state: RunState,
        results: dict[str, Any] | None = None,
        seconds: dict[str, float] | None = None,
        parameters: int | None = None,
        message: str = "",
        worker: str | None = None,
    ) -> bool:
        """End a run; False when it had ended already or is gone.

        The seconds it waited and took in all are added to those of its stages.

        Raises:
            ValueError: no run goes from its state to that one.
        """
        size = self._artifacts.size(run_id)  # before the transaction: an object store may take its time
        with self._database.writing() as connection:
            row = locked(connection, run_id)
            if row is not None and not belongs_to(row, worker):
                return False
            if state not in DONE:
                raise ValueError(f"{state} is not an end")
            if row is not None:
                _check_order(RunState(row["state"]), state)
                self._end(connection, row, state, message, results, seconds, parameters, size)
        if row is None:  # deleted with its whole workspace: what its worker wrote since then goes too
            self._artifacts.remove_all([run_id])
        return row is not None

    def cancel(self, run_id: str, message: str) -> bool:
        """End a run that should stop and can no longer do so by itself, so that nothing of it is kept."""
        with contextlib.suppress(StorageError):  # what cannot be removed is only wasted space
            self._artifacts.remove(run_id, CHECKPOINT)
            remove_moments(self._artifacts, run_id)
        return self.finish(run_id, state=RunState.CANCELLED, message=message)

    def interrupt(self, run_id: str, message: str) -> bool:
        """End a run that nobody works on any more: it can be resumed, unless it was asked to stop."""
        with self._database.reading() as connection:
            asked = connection.execute(sa.select(_RUN.c.cancel_requested).where(_RUN.c.id == run_id)).scalar()
        if asked:
            return self.cancel(run_id, message)
        return self.finish(run_id, state=RunState.INTERRUPTED, message=message)

    def request_cancel(self, run_ids: Iterable[str]) -> list[str]:
        """Cancel queued runs at once and ask active ones to stop; gives the ids of those asked.

        A run that has trained and waits for its next turn is asked as well: in that turn what it learned is evaluated.
        """
        asked = []
        with self._database.writing() as connection:
            for run_id in sorted(set(run_ids)):
                row = locked(connection, run_id)
                if row is None or row["state"] not in ACTIVE_NAMES:
                    continue
                goes_on = row["step"] and row["engine"]
                if row["state"] == RunState.QUEUED and not goes_on:
                    self._end(connection, row, RunState.CANCELLED, "Stopped before it started.")
                else:
                    connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(cancel_requested=True))
                    asked.append(run_id)
        return asked

    def _end(
        self,
        connection: sa.Connection,
        row: sa.RowMapping,
        state: RunState,
        message: str,
        results: dict[str, Any] | None = None,
        seconds: dict[str, float] | None = None,
        parameters: int | None = None,
        size: int | None = None,
    ) -> None:
        now = self._clock()
        turn = end_turn(connection, row, now)
        worked = float(turn.get("worked", row["worked"]))
        update: dict[str, Any] = {
            **turn,
            "state": state.value,
            "message": message.replace("\x00", ""),
            "finished": now,
            "seconds": _in_all(_waits(row, worked, now) | _of_stages(row["seconds"]) | (seconds or {})),
            "cancel_requested": row["cancel_requested"] or state == RunState.CANCELLED,
        }
        if results is not None:
            update["results"] = _without_nan(results)
        if parameters is not None:
            update["parameters"] = parameters
        if size is not None:
            update["bytes"] = size
        connection.execute(_RUN.update().where(_RUN.c.id == row["id"]).values(update))


def locked(connection: sa.Connection, run_id: str) -> sa.RowMapping | None:
    """The row of a run, kept from other writers until the transaction ends."""
    columns = (
        "id", "workspace", "state", "step", "cancel_requested", "created", "submitted", "started", "engine", "worker",
        "attempts", "taken", "worked", "seconds",
    )  # fmt: skip
    query = sa.select(*(_RUN.c[name] for name in columns)).where(_RUN.c.id == run_id)
    return connection.execute(query.with_for_update()).mappings().one_or_none()


def belongs_to(row: sa.RowMapping, worker: str | None) -> bool:
    """Whether a run is active and, if a worker is named, that worker's."""
    return row["state"] in ACTIVE_NAMES and worker in (None, row["worker"])


def _check_order(now: RunState, then: RunState) -> None:
    if not may_follow(now, then):
        raise ValueError(f"a run that is {now} cannot become {then}")


def _waits(row: sa.RowMapping, worked: float, now: datetime) -> dict[str, float]:
    """Seconds queued, between its turns as well, and in all; clocks that went back give 0."""
    submitted = row["submitted"] or row["created"] or now
    total = (now - submitted).total_seconds()
    queued = total - worked if worked else ((row["started"] or now) - submitted).total_seconds()
    return {"queued": max(queued, 0.0), "total": max(total, 0.0)}


def _of_stages(seconds: object) -> dict[str, float]:
    """What a run's earlier turns took, as they left it."""
    return {name: seconds[name] for name in _STAGES if name in seconds} if isinstance(seconds, dict) else {}


def _in_all(seconds: dict[str, float]) -> dict[str, float]:
    """The same, the total at least its parts: a resumed run has worked before it was queued again."""
    parts = sum(value for name, value in seconds.items() if name != "total")
    return seconds | {"total": max(seconds["total"], parts)}


def _metric(run_id: str, row: MetricRow) -> dict[str, Any]:
    numbers = {"loss": _or_none(row.loss), "accuracy": _or_none(row.accuracy)}
    return {"run_id": run_id, **vars(row), **numbers}


def _or_none(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None


def _without_nan(value: Any) -> Any:
    """JSON knows no NaN, and PostgreSQL refuses it."""
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in value]
    if isinstance(value, float):
        return _or_none(value)
    return value
