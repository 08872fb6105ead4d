"""Whether what a page shows is still there: what was deleted is given to nobody any more, however well it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from seqcore.errors import NotFoundError
from seqcore.lab.share import Viewer, may_see
from seqcore.ui import compat
from seqcore.ui.session import state
from seqcore.ui.session.kept import remember, shelf
from seqcore.ui.session.shared import get_store

if TYPE_CHECKING:
    from seqcore.store import Dataset

_SECONDS = 1.0  # that a look into the store holds, where another server may have deleted something


def check_run(run_id: str) -> None:
    """Refuse to speak of a run that is gone.

    Raises:
        NotFoundError: it is.
    """
    check_all([("model", run_id)])


def check_runs(run_ids: Iterable[str]) -> None:
    """Refuse to speak of runs of which one is gone.

    Raises:
        NotFoundError: one of them is.
    """
    check_all([("model", run_id) for run_id in dict.fromkeys(run_ids)])


def check_dataset(dataset_id: str) -> None:
    """Refuse to speak of a data set that is gone.

    Raises:
        NotFoundError: it is.
    """
    check_all([("data set", dataset_id)])


def check_all(things: Iterable[tuple[str, str]]) -> None:
    """The same of several; the page that asks is noted to speak of them.

    Args:
        things: What each is, and its id.

    Raises:
        NotFoundError: one of them is gone.
    """
    for what, name in things:
        if compat.session_id():
            state.memory().spoken_of.add((what, name))
        if not _is_there(what, name):
            shelf.forget(name)
            raise NotFoundError(
                f"This {what} was deleted", received=name, remedy="Reload the page, which shows what is still there"
            )


def check_may_see(things: Iterable[tuple[str, str]], viewer: Viewer) -> None:
    """Refuse things that are gone, and those of a link that has ended since.

    Args:
        things: What each is, and its id.
        viewer: Who wants them.

    Raises:
        NotFoundError: one of them is gone, or not for them.
    """
    store = get_store()
    for what, name in things:
        found = store.runs.find(name) if what == "model" else store.datasets.find(name)
        if not may_see(store, viewer, found):
            raise NotFoundError(
                f"This {what} is not shared with you any more", received=name, remedy="Ask its owner for a link"
            )


def forget_run(run_id: str) -> None:
    """Let go of all that is kept of a run that was just deleted."""
    shelf.forget(run_id)


def forget_dataset(dataset: Dataset) -> None:
    """The same of a data set, with what was worked out from its content."""
    shelf.forget(dataset.id, dataset.content_hash)


@contextmanager
def forgetting_experiments(workspace: str, *experiment_ids: str | None) -> Iterator[None]:
    """Delete experiments within this; all that is kept of them and of their runs is let go of then.

    Args:
        workspace: Whose.
        experiment_ids: Which, None standing for no experiment; without any, all that the workspace has.
    """
    runs = get_store().runs
    known = [experiment_id for experiment_id in experiment_ids if experiment_id]
    found = [run for experiment_id in known for run in runs.of(workspace, experiment_id)]
    whole = [] if experiment_ids else [workspace]  # which stands in the keys of its data
    run_ids = [run.id for run in (found if experiment_ids else runs.all(workspace))]
    yield
    shelf.forget(*known, *run_ids, *whole)


@remember(seconds=_SECONDS)
def _is_there(what: str, name: str) -> bool:
    store = get_store()
    if what == "model":
        return name in store.runs.states([name])
    try:
        store.datasets.find(name)
    except NotFoundError:
        return False
    return True
