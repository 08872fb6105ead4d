"""Restart: runs that were stopped, or failed, are trained again from the beginning, beside what is left of them."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.errors import TrainingError
from seqcore.lab.start import Submit
from seqcore.store import Experiment, Run, RunState, Store

_ENDED_EARLY = (RunState.CANCELLED, RunState.FAILED)


def can_be_restarted(run: Run) -> bool:
    """Whether a run ended before its time, and not so that it can be resumed where it was."""
    return run.state in _ENDED_EARLY and not run.problem


def restart_runs(store: Store, workspace: str, run_ids: Sequence[str], *, submit: Submit) -> Experiment:
    """Queue runs with the same settings, in an experiment of the same name and data; what was learned before is kept.

    Args:
        store: Where the runs are.
        workspace: Whose.
        run_ids: Of runs of one experiment, at least one.
        submit: Hands the new runs to an engine.

    Returns:
        The new experiment.

    Raises:
        NotFoundError: one of them is not in this workspace.
        TrainingError: one of them was neither stopped nor has it failed.
        LimitError: too many runs would be in flight, or the storage is full.
        EngineError: the engine stopped.
    """
    runs = [store.runs.get(workspace, run_id) for run_id in run_ids]
    other = [f"{run.id} is {run.state}" for run in runs if not can_be_restarted(run)]
    if other:
        raise TrainingError("Only stopped or failed runs can be started again", received=", ".join(other))
    before = store.experiments.get(workspace, runs[0].experiment_id)
    specs = [run.spec for run in runs]
    experiment = store.experiments.add(workspace, before.dataset_id, specs, before.name, origin=before.origin)
    submit(experiment.run_ids)
    return experiment
