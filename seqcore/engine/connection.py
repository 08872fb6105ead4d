"""Connections to a scheduler: of a local cluster that is started for it, or of one that others keep."""

from __future__ import annotations

import hashlib
import importlib
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from seqcore.engine.jobs import CLUSTER_PREFIX, GPU, TRAIN
from seqcore.errors import EngineError
from seqcore.store import Store
from seqcore.store.database import new_id

if TYPE_CHECKING:
    from distributed import Client, Security

    from seqcore.engine.supervisor_process import SupervisorProcess
    from seqcore.engine.watch import Watch
    from seqcore.settings import Settings

CONNECT_SECONDS = 15.0
CLUSTER_GRACE = 15.0  # seconds a worker of a cluster may be missing
TLS_SETTINGS = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, ...__CLIENT__CERT and ...__CLIENT__KEY (docs/cluster.md)"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Connection:
    """A way to the workers.

    Attributes:
        engine_id: Under which the store knows who has a run.
        client: Dask's client.
        supervisor: The process that holds the local cluster.
        watch: Looks after the runs of a cluster (the local one's supervisor does it itself).
        needs: What a worker has to offer to get a training.
    """

    engine_id: str
    client: Client
    supervisor: SupervisorProcess | None = None
    watch: Watch | None = None
    needs: Mapping[str, float] = field(default_factory=lambda: {TRAIN: 1})

    @property
    def address(self) -> str:
        """Of the scheduler; empty when there is none any more."""
        return str(self.client.scheduler.address) if self.client.scheduler is not None else ""

    def broken(self) -> bool:
        """Whether the local cluster has ended by itself, or Dask has given the other one up."""
        if self.supervisor is not None:
            return not self.supervisor.alive()
        return self.client.status in ("closed", "closing", "failed")

    def close(self) -> None:
        """End the local cluster, or leave the other one, whose jobs go on."""
        if self.watch is not None:
            self.watch.stop()
        try:
            self.client.close(timeout=2)
        except Exception:
            _log.debug("the connection was gone already", exc_info=True)
        if self.supervisor is not None:
            self.supervisor.close()


def start_local(settings: Settings, workers: int, jobs: str) -> Connection:
    """Start a local cluster; returns when its scheduler answers, while its workers still start.

    Raises:
        EngineError: it did not start.
    """
    from seqcore.engine.supervisor_process import SupervisorProcess

    orders = {
        "engine_id": new_id(),
        "database_url": settings.database,
        "artifacts_url": settings.artifacts,
        "workers": workers,
        "memory_mb": settings.worker_memory_mb,
        "jobs": jobs,
    }
    supervisor = SupervisorProcess(orders, settings.home / "logs" / "engine.log")
    try:
        return Connection(str(orders["engine_id"]), _connected(supervisor.address()), supervisor)
    except BaseException:
        supervisor.close()
        raise


def join_cluster(settings: Settings, store: Store) -> Connection:
    """Connect to the cluster that the settings name.

    Raises:
        EngineError: it does not answer.
    """
    from seqcore.engine.watch import Identity, Watch

    client = _connected(settings.scheduler)
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


def _connected(address: str) -> Client:
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # a lost connection is ours to report
    distributed = importlib.import_module("distributed")
    _check_encryption(address, distributed.Security)
    try:
        client: Client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="sequence-lab")
    except (OSError, TimeoutError, ValueError) as error:
        raise _refusal(address, error) from error
    return client


def _check_encryption(address: str, security: type[Security]) -> None:
    """Find out before Dask does, whose client is left half started by such errors.

    Raises:
        EngineError: the scheduler's address asks for certificates that are not there.
    """
    problem = "The connection to the Dask scheduler cannot be encrypted as it should be"
    try:
        encryption = security().get_connection_args("client")
    except OSError as error:  # no file of that name, or nothing of use in it
        received = f"{_missing_certificates() or error}"
        raise EngineError(problem, received=received, remedy=f"Check {TLS_SETTINGS}") from error
    if address.startswith("tls://") and encryption["ssl_context"] is None:
        raise EngineError(problem, received=f"{address} and no certificates", remedy=f"Set {TLS_SETTINGS}")
    if encryption["require_encryption"] and not address.startswith("tls://"):
        raise EngineError(problem, received=address, remedy="Set SEQLAB_SCHEDULER to its tls:// address")


def _missing_certificates() -> str:
    """The first certificate file that Dask was told of and that is not there; Dask's own error does not name it."""
    named = importlib.import_module("dask").config.get("distributed.comm.tls")
    files = [named.get("ca-file"), *(named.get("client") or {}).values()]
    return next((f"no file {file}" for file in files if file and not Path(file).exists()), "")


def _refusal(address: str, error: Exception) -> EngineError:
    """Why there is no connection: certificates that do not fit, or nobody there."""
    if isinstance(error, importlib.import_module("distributed.comm.core").FatalCommClosedError):
        return EngineError(
            "The certificates of the Dask scheduler and of this program do not fit",
            received=f"{address}, for which another authority vouches",
            remedy=f"Give all of them certificates of one authority: {TLS_SETTINGS}",
        )
    return EngineError(
        "The Dask scheduler does not answer",
        received=address,
        remedy="Check SEQLAB_SCHEDULER (tls:// when it encrypts), then try again",
    )
