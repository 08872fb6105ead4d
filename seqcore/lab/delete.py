"""Delete: what nobody needs any more goes, with its files; what is in use or still going stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqcore.store import Store


def delete_experiment(store: Store, workspace: str, experiment_id: str) -> None:
    """Delete an experiment of a workspace with its runs, and the sweep whose trials they are; its data set stays.

    Raises:
        NotFoundError: it is not in this workspace.
        SeqlabError: one of its runs is still going, or a sweep that uses it.
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
        SeqlabError: an experiment or a sweep uses it.
    """
    store.datasets.delete(workspace, dataset_id)


def delete_sweep(store: Store, workspace: str, sweep_id: str) -> None:
    """Delete a sweep of a workspace with its trials and with what judged it, unless that judged another sweep too.

    Raises:
        NotFoundError: it is not in this workspace.
        SeqlabError: it is still going.
    """
    sweep = store.sweeps.get(workspace, sweep_id)
    if sweep.experiment_id is None:
        store.sweeps.delete(workspace, sweep_id)
    else:
        store.experiments.delete(workspace, sweep.experiment_id)
    final = sweep.final_experiment_id
    if final is not None and not store.sweeps.judged_by(final):
        store.experiments.delete(workspace, final)


def used_datasets(store: Store, workspace: str) -> set[str]:
    """Ids of the data sets that cannot be deleted because an experiment or a sweep uses them."""
    used = {experiment.dataset_id for experiment in store.experiments.all(workspace)}
    return used | {sweep.dataset_id for sweep in store.sweeps.all(workspace)}
