"""Rows of the table of runs as runs: a damaged one is a run that says so, never an error for the whole list."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.records import RunState
from seqcore.store.run_record import Run

_OF_THE_QUEUE = ("position", "taken", "worked", "leaving")  # nobody's business but the queue's
COLUMNS = [column for column in schema.runs.c if column.name not in _OF_THE_QUEUE]
_NO_MOMENT = datetime.fromtimestamp(0, UTC)
_STAND_INS: dict[type, Any] = {str: "", int: 0, float: 0.0, bool: False, dict: {}, datetime: _NO_MOMENT}


@dataclass(frozen=True)
class _Expected:
    """What a column holds, as the table declares it."""

    name: str
    types: tuple[type, ...]
    stand_in: Any

    @classmethod
    def of(cls, column: sa.Column[Any]) -> _Expected:
        python: type = column.type.python_type
        types = (int, float) if python is float else (python,)
        if column.nullable:
            return cls(column.name, (*types, type(None)), None)
        return cls(column.name, types, _STAND_INS[python])


_EXPECTED = [_Expected.of(column) for column in COLUMNS]


def as_run(row: sa.RowMapping) -> Run:
    """The run of a row; what cannot be read has something in its place and is named in `Run.damaged`."""
    values: dict[str, Any] = {}
    damaged: list[str] = []
    for column in _EXPECTED:
        value = row[column.name]
        if not isinstance(value, column.types) or (isinstance(value, float) and not math.isfinite(value)):
            damaged.append(column.name)
            value = column.stand_in
        values[column.name] = value
    if not _are_numbers(values["seconds"]):
        damaged.append("seconds")
        values["seconds"] = {}
    state, spec = as_state(values.pop("state")), values.pop("spec")
    if state is None:
        damaged.append("state")
    return Run(**values, stored_spec=spec, state=state or RunState.FAILED, damaged=tuple(damaged))


def as_state(name: str) -> RunState | None:
    """The state of that name; None when there is none."""
    try:
        return RunState(name)
    except ValueError:
        return None


def _are_numbers(seconds: dict[str, Any]) -> bool:
    return all(isinstance(value, int | float) and math.isfinite(value) for value in seconds.values())
