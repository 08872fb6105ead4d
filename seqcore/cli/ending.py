"""`stop` and `delete`: runs and experiments of the own workspace."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.cli.output import print_json, print_table
from seqcore.cli.training import open_store
from seqcore.errors import NotFoundError, SeqlabError
from seqcore.lab.delete import delete_experiment, delete_run
from seqcore.lab.stop import stop_runs
from seqcore.settings import get_settings
from seqcore.store import DONE, Store


def stop(ids: Sequence[str], *, as_json: bool) -> None:
    """Stop runs, and all runs of experiments, wherever they are trained: their workers hear of it from the store.

    Raises:
        NotFoundError: one of them is in this workspace neither as a run nor as an experiment; none is stopped then.
    """
    settings = get_settings()
    store = open_store(settings)
    run_ids = [run_id for each in ids for run_id in _runs_of(store, settings.workspace, each)]
    stop_runs(store, settings.workspace, run_ids, engine=None)
    states = {run_id: state.value for run_id, state in store.runs.states(run_ids).items()}
    if as_json:
        print_json({"runs": [{"run": run_id, "state": states[run_id]} for run_id in run_ids]})
        return
    said = {state.value: "" for state in DONE}
    rows = [(run_id, states[run_id], said.get(states[run_id], "stops when it next reports")) for run_id in run_ids]
    print_table(("run", "state", ""), rows)


def delete(ids: Sequence[str], *, as_json: bool) -> None:
    """Delete runs, and experiments with all their runs.

    Raises:
        NotFoundError: one of them is in this workspace neither as a run nor as an experiment; none is deleted then.
        SeqlabError: one of them is still going; those before it are deleted.
    """
    settings = get_settings()
    store, workspace = open_store(settings), settings.workspace
    runs = {run_id for each in ids for run_id in _runs_of(store, workspace, each)}
    going = [run_id for run_id, state in store.runs.states(runs).items() if state not in DONE]
    if going:
        raise SeqlabError(
            "What is still going cannot be deleted", received=", ".join(sorted(going)[:5]), remedy="`stop` it first"
        )
    for each in dict.fromkeys(ids):
        is_run = _is_run(store, workspace, each)
        delete_run(store, workspace, each) if is_run else delete_experiment(store, workspace, each)
    if as_json:
        print_json({"deleted": list(dict.fromkeys(ids))})


def _runs_of(store: Store, workspace: str, found: str) -> list[str]:
    """The run of that id, or the runs of the experiment of that id."""
    if _is_run(store, workspace, found):
        return [found]
    store.experiments.get(workspace, found)
    return [run.id for run in store.runs.of(workspace, found)]


def _is_run(store: Store, workspace: str, found: str) -> bool:
    try:
        store.runs.get(workspace, found)
    except NotFoundError:
        return False
    return True
