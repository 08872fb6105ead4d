"""Whether the connection to a scheduler is encrypted as it should be."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from seqcore.errors import EngineError

if TYPE_CHECKING:
    from distributed import Security

TLS_SETTINGS = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, ...__CLIENT__CERT and ...__CLIENT__KEY (docs/cluster.md)"


def check_encryption(address: str, security: type[Security]) -> None:
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
