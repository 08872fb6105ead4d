"""Rename: what was trained gets a name that says more to its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqcore.store import Store


def rename_experiment(store: Store, workspace: str, experiment_id: str, name: str) -> None:
    """Give an experiment of a workspace another name; an empty one changes nothing.

    Raises:
        NotFoundError: it is not in this workspace.
    """
    store.experiments.rename(workspace, experiment_id, name)


def rename_run(store: Store, workspace: str, run_id: str, name: str) -> None:
    """Give a run of a workspace another name; an empty one changes nothing.

    Raises:
        NotFoundError: it is not in this workspace.
    """
    store.runs.rename(workspace, run_id, name)
