"""`sweeps`: those that are kept, one of them in full, and what can be done with it."""

from __future__ import annotations

import sys
import threading
from typing import Any

from seqcore.architectures import appearance
from seqcore.cli.output import print_json, print_table
from seqcore.cli.sweep_told import print_sweeps, sweeps_as_json
from seqcore.cli.sweeping import judged_in, watch_sweep
from seqcore.cli.training import POLL_SECONDS, open_store, started_engine
from seqcore.errors import EngineError, SeqlabError
from seqcore.lab.delete import delete_sweep
from seqcore.lab.sweep.drive import Drive, Workshop, new_name
from seqcore.lab.sweep.driver import SweepEngine
from seqcore.lab.sweep.so_far import about_trials, sweep_so_far
from seqcore.settings import get_settings
from seqcore.store import Store, SweepRecord, SweepState


def list_sweeps(*, as_json: bool) -> None:
    """All sweeps of the workspace, the newest first."""
    settings = get_settings()
    store = open_store(settings)
    found = [_about(store, record) for record in store.sweeps.all(settings.workspace)]
    if as_json:
        print_json({"sweeps": found})
        return
    columns = ("sweep", "created", "dataset", "architecture", "state", "trials", "of", "judged", "message")
    print_table(columns, [tuple(each[name] for name in columns) for each in found])


def show_sweep(sweep_id: str, *, as_json: bool) -> None:
    """One sweep: its trials, what they found, and the verdict on it.

    Raises:
        NotFoundError: there is none of that id.
        OptionError: it cannot be read.
    """
    settings = get_settings()
    store = open_store(settings)
    print_kept(store, store.sweeps.get(settings.workspace, sweep_id), as_json=as_json)


def print_kept(store: Store, record: SweepRecord, *, as_json: bool) -> None:
    """A sweep as the store has it."""
    found, stopped = sweep_so_far(store, record), record.state == SweepState.STOPPED
    final = record.final_experiment_id
    judged = judged_in(store, record.workspace, final) if final and record.state == SweepState.FINISHED else None
    if as_json:
        print_json({"sweep": _about(store, record), **sweeps_as_json([found], judged, stopped=stopped)})
        return
    print_sweeps([found], judged, stopped=stopped)
    sys.stderr.write(f"The sweep is {record.state}. {record.message}".rstrip() + "\n")


def show_trials(experiment_id: str, *, as_json: bool) -> bool:
    """Show the sweep in place of a comparison, where the runs of an experiment are its trials; False where not.

    Raises:
        NotFoundError: there is no experiment of that id.
    """
    settings = get_settings()
    store = open_store(settings)
    record = store.sweeps.of_trials(store.experiments.get(settings.workspace, experiment_id).id)
    if record is None:
        return False
    print_kept(store, record, as_json=as_json)
    sys.stderr.write(f"{about_trials(record)}\n")
    return True


def resume_sweep(sweep_id: str, *, as_json: bool) -> None:
    """Drive a sweep to its end that nobody drives: one that was left, or stopped before anything judged it.

    Raises:
        NotFoundError: there is none of that id.
        EngineError: another process drives it.
    """
    settings = get_settings()
    store = open_store(settings)
    store.sweeps.go_on(settings.workspace, sweep_id)
    if store.sweeps.get(settings.workspace, sweep_id).is_open:
        with started_engine(settings) as engine:
            workshop = Workshop(store, lambda: engine, settings)
            watch_sweep(workshop, [Drive(workshop, sweep_id, new_name())])
    show_sweep(sweep_id, as_json=as_json)


def stop_sweep(sweep_id: str, *, as_json: bool) -> None:
    """Have a sweep stopped by whoever drives it, or here where nobody does.

    Raises:
        NotFoundError: there is none of that id.
    """
    settings, pause = get_settings(), threading.Event()
    store = open_store(settings)
    store.sweeps.ask_to_stop(settings.workspace, sweep_id)
    drive = Drive(Workshop(store, _no_engine, settings), sweep_id, new_name())
    while not drive.look():
        pause.wait(POLL_SECONDS)
    record = store.sweeps.get(settings.workspace, sweep_id)
    if as_json:
        print_json({"sweep": _about(store, record)})
    elif record.is_open:
        sys.stderr.write("Its driver was asked to stop it.\n")
    else:
        sys.stderr.write(f"The sweep is {record.state}. {record.message}\n")


def remove_sweep(sweep_id: str) -> None:
    """Delete a sweep with its trials and what judged it.

    Raises:
        NotFoundError: there is none of that id.
        SeqlabError: it is still going.
    """
    settings = get_settings()
    delete_sweep(open_store(settings), settings.workspace, sweep_id)


def _about(store: Store, record: SweepRecord) -> dict[str, Any]:
    try:
        found = sweep_so_far(store, record)
        ended, planned, message = found.ended, found.sweep.trials, record.message
    except SeqlabError as error:
        ended, planned, message = 0, 0, str(error)
    return {
        "sweep": record.id,
        "created": f"{record.created:%Y-%m-%d %H:%M}",
        "dataset": store.datasets.get(record.workspace, record.dataset_id).name,
        "architecture": appearance(record.architecture).label,
        "state": record.state.value,
        "trials": ended,
        "of": planned,
        "experiment": record.experiment_id,
        "judged": record.final_experiment_id,
        "message": message,
    }


def _no_engine() -> SweepEngine:
    raise EngineError("There is no training engine here")
