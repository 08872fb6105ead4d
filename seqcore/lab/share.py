"""Share: whoever holds a link may look at what it names; only its own workspace may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqcore.store import Dataset, Experiment, Run, Store


def may_change(workspace: str, thing: Dataset | Experiment | Run) -> bool:
    """Whether something lies in this workspace: everybody else may look at most."""
    return thing.workspace == workspace


def linked_experiment(store: Store, experiment_id: str) -> Experiment:
    """The experiment that a link names, whosever it is: its id cannot be guessed, so holding it is the permission.

    Raises:
        NotFoundError: there is none of that id.
    """
    return store.experiments.find(experiment_id)


def linked_dataset(store: Store, dataset_id: str) -> Dataset:
    """The data set that a link names, whosever it is.

    Raises:
        NotFoundError: there is none of that id.
    """
    return store.datasets.find(dataset_id)
