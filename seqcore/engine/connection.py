"""A connection to a scheduler, whoever keeps it."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seqcore.engine.encryption import TLS_SETTINGS, check_encryption
from seqcore.engine.jobs import TRAIN
from seqcore.errors import EngineError

if TYPE_CHECKING:
    from distributed import Client, Future

    from seqcore.engine.local_cluster import SupervisorProcess
    from seqcore.engine.watch import Watch

CONNECT_SECONDS = 15.0
CLOSE_SECONDS = 2.0

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

    def broken(self) -> bool:
        """Whether the local cluster has ended by itself, or Dask has given the other one up."""
        if self.supervisor is not None:
            return not self.supervisor.alive()
        return self.client.status in ("closed", "closing", "failed")

    def close(self, held: Iterable[Future] = ()) -> None:
        """End the local cluster, or leave the other one, whose jobs go on.

        The scheduler closes its end of the connection as soon as it is told of the end. A job that ends at that moment
        would be let go of by a message that nobody takes any more, which Dask answers with a traceback in its log. So
        everything is let go of first, and only when that has been said is the connection closed.

        Args:
            held: Jobs that we still hold.
        """
        if self.watch is not None:
            self.watch.stop()
        try:
            for future in held:
                future.release()
            self.client.sync(_say_all, self.client, callback_timeout=CLOSE_SECONDS)
        except Exception:
            _log.debug("the connection was gone already", exc_info=True)
        try:
            self.client.close(timeout=CLOSE_SECONDS)
        except Exception:
            _log.debug("the connection was gone already", exc_info=True)
        if self.supervisor is not None:
            self.supervisor.close()


async def _say_all(client: Client) -> None:
    """Wait until what was to be said to the scheduler has left; a round trip lets what was just released join it."""
    await client.scheduler.identity()
    while client.scheduler_comm.buffer and not client.scheduler_comm.closed():
        await client.scheduler.identity()


def connect(address: str) -> Client:
    """A client of the scheduler at an address.

    Raises:
        EngineError: nobody answers, or the encryption is not what it should be.
    """
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # a lost connection is ours to report
    distributed = importlib.import_module("distributed")
    check_encryption(address, distributed.Security)
    try:
        client: Client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="sequence-lab")
    except (OSError, TimeoutError, ValueError) as error:
        raise _refusal(address, error) from error
    return client


def _refusal(address: str, error: Exception) -> EngineError:
    """Why there is no connection: certificates that do not fit, or nobody there."""
    if isinstance(error, importlib.import_module("distributed.comm.core").FatalCommClosedError):
        return EngineError(
            "The certificates of the Dask scheduler and of this program do not match",
            received=f"{address}, which another authority signed",
            remedy=f"Give all of them certificates of one authority: {TLS_SETTINGS}",
        )
    return EngineError(
        "The Dask scheduler does not answer",
        received=address,
        remedy="Check SEQLAB_SCHEDULER (tls:// when it encrypts), then try again",
    )
