"""Resume: interrupted runs go on from their last checkpoint."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.errors import TrainingError
from seqcore.lab.start import Submit
from seqcore.store import Run, RunState, Store


def resume_runs(store: Store, workspace: str, run_ids: Sequence[str], *, submit: Submit) -> list[str]:
    """Queue the interrupted ones among these runs again and hand them to an engine; gives their ids.

    Raises:
        EngineError: the engine stopped.
    """
    queued = store.queue.resume(workspace, run_ids)
    submit(queued)
    return queued


def interrupted_runs(store: Store, workspace: str, run_ids: Sequence[str]) -> list[Run]:
    """The runs of these ids, for whoever wants each of them resumed.

    Raises:
        NotFoundError: one of them is not in this workspace.
        TrainingError: one of them was not interrupted.
    """
    runs = [store.runs.get(workspace, run_id) for run_id in run_ids]
    other = [f"{run.id} is {run.state}" for run in runs if run.state != RunState.INTERRUPTED]
    if other:
        raise TrainingError("Only interrupted runs can be resumed", received=", ".join(other))
    return runs
