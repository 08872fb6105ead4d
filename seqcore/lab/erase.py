"""Erase: everything of a workspace ends and goes, and nothing of it stays in the store."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqcore.lab.stop import StoppingEngine
    from seqcore.store import Store
    from seqcore.store.erasure import Holdings

REWRITE = "rewrite"  # the chore of writing the database anew
_PAUSE = timedelta(minutes=10)


def erase_workspace(store: Store, workspace: str, *, engine: StoppingEngine | None = None) -> Holdings:
    """Stop what trains in a workspace, then delete all that it has; gives what there was.

    A SQLite file is written anew after it, but not again and again: whatever the next ten minutes delete is overwritten
    in its place, and the daily round does the rest.

    Args:
        store: Where it is.
        workspace: Its name.
        engine: Of this process, which tells its workers at once; None: they hear of it when they next report.

    Raises:
        StorageError: some of it could not be deleted; asking again goes on with it.
    """
    there = store.erasure.holdings(workspace)
    going = store.erasure.going(workspace)
    if going and engine is not None:
        engine.stop(going)
    store.erasure.erase(workspace)
    if store.chores.begin(REWRITE, every=_PAUSE):
        store.database.overwrite_what_was_deleted()
    else:
        store.database.empty_log()
    return there
