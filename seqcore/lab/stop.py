"""Stop: runs that wait are over at once, those that train after their batch, whatever became of their engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from seqcore.engine.presence import living_engines
from seqcore.store import Store

ABANDONED = "Stopped; its training engine was gone, so nothing of it was kept."


class StoppingEngine(Protocol):
    """As much of an engine as is needed here."""

    def stop(self, run_ids: Sequence[str]) -> None:
        """Ask the store to stop runs, and tell the workers that have them."""


def stop_runs(store: Store, workspace: str, run_ids: Sequence[str], *, engine: StoppingEngine | None) -> None:
    """Stop runs of a workspace; what they learned is kept and evaluated where there is an engine that can.

    Args:
        store: Where the runs are.
        workspace: Whose.
        run_ids: Done ones are left as they are.
        engine: The one of this process; None when there is none, or not yet.

    Raises:
        NotFoundError: one of them is not in this workspace; none is stopped then.
    """
    for run_id in run_ids:  # whatever sent them: nobody stops another's runs
        store.runs.get(workspace, run_id)
    ask = engine.stop if engine is not None else store.progress.request_cancel
    ask(run_ids)
    _end_abandoned(store, run_ids)


def _end_abandoned(store: Store, run_ids: Sequence[str]) -> None:
    """End those that still go on in the store only.

    Should their engine be there after all, it finds them done, and whatever it writes of them changes nothing.
    """
    going = store.engines.active_among(run_ids)
    if not going:
        return
    living = living_engines(store)
    for run in going:
        if run.engine not in living:
            store.progress.cancel(run.id, ABANDONED)
