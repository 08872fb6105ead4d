"""A Dask cluster of Dask's own commands on the loopback interface: TLS, two workers for training, one for questions."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from scripts.running_app import ROOT, free_port
from tests.cluster.certificates import Certificates
from tests.waiting import until

QUIET = ["--no-dashboard", "--dashboard-address", "127.0.0.1:0", "--host", "127.0.0.1"]


class DaskCluster:
    """A scheduler and its workers, each a process group of its own, so that killing one takes its nanny too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.certificates = Certificates.issue(folder / "certificates")
        self._port = free_port()
        self._workers: dict[str, subprocess.Popen[bytes]] = {}
        self._scheduler = self._launch(
            "scheduler", ["--protocol", "tls", "--port", str(self._port)], ("scheduler", "client")
        )

    @property
    def address(self) -> str:
        """Of the scheduler."""
        return f"tls://127.0.0.1:{self._port}"

    def add_worker(self, resources: str) -> str:
        """Start a worker, as docs/cluster.md says; gives its address at once."""
        port = free_port()
        options = ["--protocol", "tls", "--worker-port", str(port), "--resources", resources, "--nthreads", "1"]
        options += ["--preload", "seqcore.engine.jobs", "--local-directory", str(self._folder / "scratch")]
        address = f"tls://127.0.0.1:{port}"
        self._workers[address] = self._launch("worker", [self.address, *options], ("worker",), f"worker-{port}")
        return address

    def kill_worker(self, address: str) -> None:
        """What `kill -9` of a worker and of its nanny does: nobody says goodbye."""
        process = self._workers.pop(address)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)

    def log(self, name: str) -> str:
        """What a process has printed so far."""
        return (self._folder / f"{name}.log").read_text(errors="replace")

    def wait_for_workers(self) -> None:
        """Return when the scheduler knows every worker that was started."""
        until(lambda: all(f"Register worker addr: {worker}" in self.log("scheduler") for worker in self._workers), 120)

    def close(self) -> None:
        """End everything."""
        for process in [*self._workers.values(), self._scheduler]:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)

    def _launch(self, what: str, options: list[str], roles: tuple[str, ...], log: str = "") -> subprocess.Popen[bytes]:
        environment = os.environ | self.certificates.environment(*roles) | {"PYTHONPATH": str(ROOT)}
        with (self._folder / f"{log or what}.log").open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", what, *QUIET, *options],
                cwd=self._folder,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
