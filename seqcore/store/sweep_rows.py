"""Rows of the tables of sweeps and trials, read, and removed with what they belong to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from seqcore.errors import SeqlabError
from seqcore.store import schema
from seqcore.store.sweep_record import OPEN, SweepRecord, SweepState, TrialRecord

_SWEEP, _TRIAL = schema.sweeps, schema.trials
OPEN_NAMES = [state.value for state in OPEN]  # as the database has them


def as_sweep(row: sa.RowMapping) -> SweepRecord:
    """A row as a sweep; one in a state that nobody knows has failed."""
    known = {state.value for state in SweepState}
    state = SweepState(row["state"]) if row["state"] in known else SweepState.FAILED
    search = row["search"] if isinstance(row["search"], dict) else {}
    return SweepRecord(**{**row, "search": search, "state": state})


def as_trial(row: sa.RowMapping) -> TrialRecord:
    """A row as a trial."""
    values: dict[str, Any] = {name: value for name, value in row.items() if name != "sweep_id"}
    losses = values["losses"] if isinstance(values["losses"], list) else []
    settings = values["settings"] if isinstance(values["settings"], dict) else {}
    return TrialRecord(**{**values, "losses": tuple(losses), "settings": settings})


def delete_sweep_rows(connection: sa.Connection, chosen: sa.ColumnElement[bool]) -> int:
    """Remove sweeps with their trials; gives how many.

    Raises:
        SeqlabError: one of them is still going.
    """
    found = connection.execute(sa.select(_SWEEP.c.id, _SWEEP.c.state).where(chosen).with_for_update()).all()
    refuse_open(row.state for row in found)
    ids = [row.id for row in found]
    connection.execute(_TRIAL.delete().where(_TRIAL.c.sweep_id.in_(ids)))
    connection.execute(_SWEEP.delete().where(_SWEEP.c.id.in_(ids)))
    return len(ids)


def let_go_of_experiment(connection: sa.Connection, workspace: str, experiment_id: str) -> None:
    """Remove the sweep whose trials are in an experiment, and what a sweep says of the experiment that judged it.

    Raises:
        SeqlabError: the sweep is still going.
    """
    ours = _SWEEP.c.workspace == workspace
    delete_sweep_rows(connection, sa.and_(ours, _SWEEP.c.experiment_id == experiment_id))
    judged = sa.and_(ours, _SWEEP.c.final_experiment_id == experiment_id)
    refuse_open(connection.execute(sa.select(_SWEEP.c.state).where(judged)).scalars())
    connection.execute(_SWEEP.update().where(judged).values(final_experiment_id=None))


def refuse_open(states: Any) -> None:
    """Raise a SeqlabError where one of these states is that of a sweep that goes on."""
    if any(state in OPEN_NAMES for state in states):
        raise SeqlabError(
            "A sweep that is still going cannot be deleted, nor what it uses", remedy="Stop the sweep first"
        )
