"""`operator runs` and `operator stop`: the runs of all workspaces, and their end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from seqcore.cli.operator.names import short_workspace
from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store
from seqcore.lab.stop import stop_runs
from seqcore.settings import get_settings
from seqcore.store import Store


def list_runs(*, done: bool, as_json: bool) -> None:
    """Runs that wait or are worked on, the newest first; with `done`, those that are over as well."""
    store, now = open_store(get_settings()), datetime.now(UTC)
    places = _places(store)
    found = [
        {
            "run": run.id,
            "state": run.state.value,
            "workspace": run.workspace if as_json else short_workspace(run.workspace),
            "architecture": run.architecture,
            "age_seconds": round((now - run.created).total_seconds()),
            "trained_seconds": round(run.trained, 1),
            "place": places.get(run.id),
        }
        for run in store.oversight.runs(done=done)
    ]
    if as_json:
        print_json({"runs": found})
        return
    columns = ("run", "state", "workspace", "architecture", "age (s)", "trained (s)", "place in the queue")
    print_table(columns, [tuple(run.values()) for run in found])


def stop(run_ids: Sequence[str], *, as_json: bool) -> None:
    """End runs of whichever workspace, all of them or none; their workers hear of it when they next report.

    Raises:
        NotFoundError: there is no run of one of these ids.
    """
    store = open_store(get_settings())
    runs = [store.runs.find(run_id) for run_id in run_ids]
    for run in runs:
        stop_runs(store, run.workspace, [run.id], engine=None)
    states = {run_id: state.value for run_id, state in store.runs.states(run_ids).items()}
    if as_json:
        print_json({"runs": [{"run": run_id, "state": state} for run_id, state in states.items()]})
        return
    print_table(("run", "state"), list(states.items()))


def _places(store: Store) -> dict[str, int]:
    """Place of each run that waits in the queue of its engine, from 1."""
    engines = {run.engine for run in store.oversight.runs()}
    return {run: place for engine in engines for place, run in enumerate(store.queue.waiting(engine), start=1)}
