"""The app on a free port with a home folder of its own, for scripts, benchmarks and tests that look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120.0
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]  # of a Chromium that talks to nobody but the app


@dataclass(frozen=True)
class RunningApp:
    """A server that answers.

    Attributes:
        url: Where it is, without a slash at the end.
        pid: Its process.
        home: Its database and models.
    """

    url: str
    pid: int
    home: Path


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def launch(
    script: Path, port: int, home: Path, log: IO[bytes] | None = None, *options: str, root: Path = ROOT, **settings: str
) -> subprocess.Popen[bytes]:
    """`streamlit run script`, as `make app` does, on a home folder of its own; its form starts with one seed.

    Args:
        script: The app.
        port: Where it listens.
        home: Its database and models.
        log: Where its output goes.
        options: Of Streamlit's, instead of those in its config file.
        root: The checkout whose code and config file it uses.
        settings: Environment variables of the app.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port), "--server.headless", "true", *options]
    output = subprocess.DEVNULL if log is None else log
    environment = os.environ | {"SEQLAB_HOME": str(home), "SEQLAB_DEFAULT_SEEDS": "1"} | settings
    return subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT)


@contextmanager
def running_app(
    home: Path, *options: str, port: int = 0, root: Path = ROOT, script: Path | None = None, **settings: str
) -> Iterator[RunningApp]:
    """The app, while it runs.

    Args:
        home: Its database and models.
        options: Of Streamlit's, instead of those in its config file.
        port: Where it listens; 0: wherever nobody else does.
        root: The checkout that it is.
        script: Another script of Streamlit in place of the app.
        settings: Environment variables of the app.

    Raises:
        RuntimeError: it did not start; the end of its log says why.
    """
    port, log = port or free_port(), home / "server.log"
    with log.open("wb") as output:
        server = launch(script or root / "app.py", port, home, output, *options, root=root, **settings)
    try:
        url = f"http://127.0.0.1:{port}"
        if not _answers(server, url):
            raise RuntimeError(f"The app did not start:\n{log.read_text(errors='replace')[-4000:]}")
        yield RunningApp(url, server.pid, home)
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


def _answers(server: subprocess.Popen[bytes], url: str) -> bool:
    """Wait for its first answer; False when it ends before or takes too long."""
    pause, deadline = threading.Event(), time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return True
        except OSError:
            pause.wait(0.1)
    return False
