"""The local cluster: a supervisor process that holds it, started and ended from here."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from seqcore.engine.connection import Connection, connect
from seqcore.engine.worker_memory import memory_of_local_worker
from seqcore.errors import EngineError
from seqcore.store.database import new_id
from seqcore.store.faults import system_fault

if TYPE_CHECKING:
    from seqcore.settings import Settings

START_SECONDS = 60.0
END_SECONDS = 6.0
LOG_BYTES = 5_000_000
_PROJECT = Path(__file__).resolve().parents[2]


def start_local(settings: Settings, workers: int, jobs: str) -> Connection:
    """Start a local cluster; returns when its scheduler answers, while its workers still start.

    Raises:
        EngineError: it did not start.
    """
    orders = {
        "engine_id": new_id(),
        "database_url": settings.database,
        "artifacts_url": settings.artifacts,
        "workers": workers,
        "memory": memory_of_local_worker(settings, workers),
        "jobs": jobs,
    }
    supervisor = SupervisorProcess(orders, settings.home / "logs" / "engine.log")
    try:
        return Connection(str(orders["engine_id"]), connect(supervisor.address()), supervisor)
    except BaseException:
        supervisor.close()
        raise


class SupervisorProcess:
    """A running supervisor.

    Args:
        orders: Its first line of input, see `seqcore.engine.supervisor.Orders`.
        log: File that takes what it and its workers print.
    """

    def __init__(self, orders: dict[str, Any], log: Path) -> None:
        self.log = log
        with _open_log(log) as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "seqcore.engine.supervisor"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                env=_environment(),
                start_new_session=True,  # a Ctrl-C in the terminal is for the app, which then ends us
            )
        self._lines: list[bytes] = []
        self._reader = threading.Thread(target=self._read_answer, name="seqlab-answer", daemon=True)
        self._reader.start()
        with contextlib.suppress(OSError):  # it died at once: `address` will say so
            _write_line(self._process.stdin, orders)

    def address(self) -> str:
        """The scheduler's address, as soon as it is known.

        Raises:
            EngineError: there was none in time.
        """
        importlib.import_module("distributed")  # takes a second: do it while the supervisor does the same
        self._reader.join(START_SECONDS)
        if not self._lines or not self._lines[0]:
            raise EngineError(
                "The training engine did not start",
                received=f"the log {self.log}",
                remedy="Whoever runs this server finds the reason in its last lines",
            )
        address: str = json.loads(self._lines[0])["address"]
        return address

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it with all its children; twice is no error."""
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait(END_SECONDS)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # it leads the group of all its children

    def _read_answer(self) -> None:
        if self._process.stdout is not None:
            self._lines.append(self._process.stdout.readline())


def _write_line(stream: IO[bytes] | None, message: dict[str, Any]) -> None:
    if stream is not None:
        stream.write(json.dumps(message).encode() + b"\n")
        stream.flush()


def _open_log(log: Path) -> IO[bytes]:
    """The log, open at its end; when it has grown large it starts anew, keeping one older part.

    Raises:
        StorageError: it cannot be written.
    """
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LOG_BYTES:
            with contextlib.suppress(OSError):
                log.replace(log.with_suffix(".old.log"))
        return log.open("ab")
    except OSError as error:
        raise system_fault(error) from error


def _environment() -> dict[str, str]:
    """Ours, with this project importable wherever the app was started from."""
    paths = [str(_PROJECT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
