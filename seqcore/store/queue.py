"""Ways back into the queue: for a run whose worker died, and for one that was interrupted."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from seqcore.store import schema
from seqcore.store.database import patient
from seqcore.store.progress import Progress, locked
from seqcore.store.records import ACTIVE_NAMES, RunState

_RUN = schema.runs


class Requeue(Progress):
    """Lets runs begin again; they go on from their last checkpoint."""

    @patient
    def retry(self, run_id: str, *, most_attempts: int) -> bool:
        """Put a run whose worker died back into the queue, in its old place; False: begun too often, or done."""
        with self.database.writing() as connection:
            row = locked(connection, run_id)
            if row is None or row["state"] not in ACTIVE_NAMES or row["attempts"] >= most_attempts:
                return False
            update = {"state": RunState.QUEUED.value, "worker": "", "texts_per_second": 0.0}
            connection.execute(_RUN.update().where(_RUN.c.id == run_id).values(update))
        return True

    def resume(self, workspace: str, run_ids: Iterable[str]) -> list[str]:
        """Queue interrupted runs of a workspace again, at the end of the queue; gives the ids of those queued.

        An engine has to be given them (`Engine.submit`).
        """
        chosen = (
            _RUN.c.workspace == workspace,
            _RUN.c.id.in_(list(run_ids)),
            _RUN.c.state == RunState.INTERRUPTED.value,
        )
        update = {
            "state": RunState.QUEUED.value,
            "message": "",
            "submitted": self._clock(),
            "started": None,
            "finished": None,
            "texts_per_second": 0.0,
            "cancel_requested": False,
            "engine": "",
            "worker": "",
            "attempts": 0,
        }
        with self.database.writing() as connection:
            query = sa.select(_RUN.c.id).where(*chosen).order_by(_RUN.c.created, _RUN.c.experiment_id, _RUN.c.position)
            found = list(connection.execute(query.with_for_update()).scalars())
            connection.execute(_RUN.update().where(*chosen).values(update))
        return found
