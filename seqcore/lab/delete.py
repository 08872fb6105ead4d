"""Delete: what nobody needs any more goes, with its files; what is in use or still going stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqcore.store import Store


def delete_experiment(store: Store, workspace: str, experiment_id: str) -> None:
    """Delete an experiment of a workspace with its runs; its data set stays.

    Raises:
        NotFoundError: it is not in this workspace.
        SeqlabError: one of its runs is still going.
    """
    store.experiments.delete(workspace, experiment_id)


def delete_run(store: Store, workspace: str, run_id: str) -> None:
    """Delete a run of a workspace.

    Raises:
        NotFoundError: it is not in this workspace.
        SeqlabError: it is still going.
    """
    store.runs.delete(workspace, [run_id])


def delete_dataset(store: Store, workspace: str, dataset_id: str) -> None:
    """Delete a data set of a workspace.

    Raises:
        NotFoundError: it is not in this workspace.
        SeqlabError: an experiment uses it.
    """
    store.datasets.delete(workspace, dataset_id)


def used_datasets(store: Store, workspace: str) -> set[str]:
    """Ids of the data sets that cannot be deleted because an experiment uses them."""
    return {experiment.dataset_id for experiment in store.experiments.all(workspace)}
