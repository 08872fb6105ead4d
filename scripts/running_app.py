"""The app on a free port, for scripts that look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def launch(script: Path, port: int, home: str) -> subprocess.Popen[bytes]:
    """`streamlit run script`, as `make app` does, on a home folder of its own."""
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    environment = os.environ | {"SEQLAB_HOME": home}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def running_app(home: str) -> Iterator[str]:
    """The app's address, while it runs."""
    port, pause = free_port(), threading.Event()
    url = f"http://127.0.0.1:{port}"
    server = launch(ROOT / "app.py", port, home)
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                    break
            except OSError:
                pause.wait(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)
