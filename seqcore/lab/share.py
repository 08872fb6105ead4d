"""Share: a link shows what it names until it ends, to whoever has it; only its own workspace may change a thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seqcore.errors import NotFoundError

if TYPE_CHECKING:
    from seqcore.store import Dataset, Experiment, Run, Store

WHAT_ELSE = "It may have been deleted, or it is somebody else's: ask whoever sent you here for a link (press Share)"


@dataclass(frozen=True)
class Viewer:
    """Who looks.

    Attributes:
        workspace: Theirs.
        tokens: Of the links that they hold.
    """

    workspace: str
    tokens: tuple[str, ...] = ()


def may_change(workspace: str, thing: Dataset | Experiment | Run) -> bool:
    """Whether something lies in this workspace: everybody else may look at most."""
    return thing.workspace == workspace


def may_see(store: Store, viewer: Viewer, thing: Dataset | Experiment | Run) -> bool:
    """Whether somebody may look at a thing now: their own, or what a link of theirs shows that has not ended.

    A link to an experiment shows its runs and its data set; one to a data set shows that alone. Nothing is asked of
    the database for what is one's own.
    """
    from seqcore.store import Dataset, Run

    if may_change(viewer.workspace, thing):
        return True
    for link in store.links.opened_by(viewer.tokens):
        if link.names == "dataset":
            shown = isinstance(thing, Dataset) and link.thing_id == thing.id
        elif isinstance(thing, Dataset):
            shown = store.experiments.find(link.thing_id).dataset_id == thing.id
        else:
            shown = link.thing_id == (thing.experiment_id if isinstance(thing, Run) else thing.id)
        if shown:
            return True
    return False


def seen_experiment(store: Store, viewer: Viewer, experiment_id: str) -> Experiment:
    """The experiment of an id, if they may see it; it is looked at by that.

    Raises:
        NotFoundError: there is none of that id, or not for them.
    """
    experiment = store.experiments.find(experiment_id)
    _look_at(store, viewer, experiment, "experiment")
    return experiment


def seen_dataset(store: Store, viewer: Viewer, dataset_id: str) -> Dataset:
    """The data set of an id, if they may see it; it is looked at by that.

    Raises:
        NotFoundError: there is none of that id, or not for them.
    """
    dataset = store.datasets.find(dataset_id)
    _look_at(store, viewer, dataset, "data set")
    return dataset


def named_by(store: Store, token: str) -> dict[str, str]:
    """What a link shows: the id of its "experiment", if it is one, and of its "dataset"; nothing where it has ended."""
    for link in store.links.opened_by([token]):
        if link.names == "dataset":
            return {"dataset": link.thing_id}
        return {"experiment": link.thing_id, "dataset": store.experiments.find(link.thing_id).dataset_id}
    return {}


def _look_at(store: Store, viewer: Viewer, thing: Dataset | Experiment, called: str) -> None:
    """Note that somebody looks at a thing; where they may not see it, it is as if it were not there."""
    if not may_see(store, viewer, thing):
        raise NotFoundError(f"No {called} with this id that you may see", received=thing.id[:60], remedy=WHAT_ELSE)
    store.looks.note(thing)
