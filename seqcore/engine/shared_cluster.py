"""The cluster that others keep, and that this engine joins and leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING

from seqcore.engine.connection import Connection, connect
from seqcore.engine.jobs import CLUSTER_PREFIX, GPU, TRAIN
from seqcore.engine.presence import Identity
from seqcore.engine.watch import Watch
from seqcore.store import Store

if TYPE_CHECKING:
    from distributed import Client

    from seqcore.settings import Settings

CLUSTER_GRACE = 15.0  # seconds a worker of a cluster may be missing


def join_cluster(settings: Settings, store: Store) -> Connection:
    """Connect to the cluster that the settings name.

    Raises:
        EngineError: it does not answer.
    """
    client = connect(settings.scheduler)
    engine_id = CLUSTER_PREFIX + hashlib.sha256(settings.scheduler.encode()).hexdigest()[:12]
    watch = Watch(store, engine_id, _ClusterWorkers(client), Identity("", 0), grace=CLUSTER_GRACE)
    watch.start()
    needs = {TRAIN: 1, GPU: 1} if settings.gpu == "only" else {TRAIN: 1}
    return Connection(engine_id, client, watch=watch, needs=needs)


class _ClusterWorkers:
    """The workers of a cluster that others keep."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def workers(self) -> Collection[str] | None:
        """Addresses of all workers; None while the scheduler does not answer."""
        if self._client.status != "running":
            return None
        return set(self._client.scheduler_info()["workers"])

    def restart(self, worker: str) -> None:
        """Replace a worker; without a nanny it only ends, and whoever started it starts another."""
        self._client.restart_workers([worker], timeout=30, raise_for_error=False)
