"""The server that is attacked: our own, on the loopback, with a home folder that nobody else needs."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from benchmarks.processes import MB
from scripts.running_app import free_port, launch

_START = 180.0  # seconds until it answers
_END = 30.0
_SETTLED = 60.0
_STILL = 8.0  # MB that a server at rest may gain or lose between two looks
_COMMAND = 600.0  # seconds that a command may take


@dataclass(frozen=True)
class Ground:
    """What there is before the server starts.

    Attributes:
        root: The checkout that is attacked.
        home: Its home folder.
        full: Whether everything has the size of the first attack.
    """

    root: Path
    home: Path
    full: bool

    def command(self, *arguments: str) -> Any:
        """What the checkout's own command line prints as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", "seqcore", *arguments, "--json"], cwd=self.root, capture_output=True, check=True,
            env=os.environ | {"SEQLAB_HOME": str(self.home)}, timeout=_COMMAND,
        )  # fmt: skip
        return json.loads(done.stdout)


@dataclass(frozen=True)
class Target:
    """A server that answers.

    Attributes:
        url: Where it is, without a slash at the end.
        pid: Its process.
        ground: What it stands on.
        log: What it says.

    Raises:
        ValueError: it is not ours.
    """

    url: str
    pid: int
    ground: Ground
    log: Path

    def __post_init__(self) -> None:
        if urlsplit(self.url).hostname != "127.0.0.1":
            raise ValueError(f"Only a server on 127.0.0.1 is attacked, not {self.url}")

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(urlsplit(self.url).port or 0)

    @property
    def full(self) -> bool:
        """Whether everything has the size of the first attack."""
        return self.ground.full

    def processes(self) -> list[psutil.Process]:
        """The server and everything below it."""
        server = psutil.Process(self.pid)
        return [server, *server.children(recursive=True)]

    def memory(self) -> float:
        """Megabytes of the server and everything below it, what they share counted once."""
        total = 0.0
        for process in self.processes():
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                total += process.memory_full_info().pss / MB
        return total

    def server_memory(self) -> float:
        """Megabytes of the server alone, resident."""
        return float(psutil.Process(self.pid).memory_info().rss / MB)

    def cpu(self) -> float:
        """Processor seconds of the server and everything below it so far."""
        total = 0.0
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        return total

    def supervisors(self) -> list[psutil.Process]:
        """Processes that hold a cluster."""
        found = []
        for process in psutil.Process(self.pid).children():
            with suppress(psutil.NoSuchProcess):
                if "seqcore.engine.supervisor" in process.cmdline():
                    found.append(process)
        return found

    def log_text(self) -> str:
        """Everything that it has said."""
        return self.log.read_text(errors="replace")

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into its database, without touching it."""
        place = f"file:{self.ground.home / 'sequence-lab.db'}?mode=ro"
        connection = sqlite3.connect(place, uri=True, timeout=10)
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()

    def shown_to_others(self, experiment: str) -> str:
        """What an address says so that somebody else may see an experiment: a link's token, where there are any."""
        if not self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'links'"):
            return experiment

        from seqcore.settings import Settings
        from seqcore.store import Store
        from seqcore.store.links import new_token

        settings = Settings(home=self.ground.home)
        store, token = Store(settings.database, settings.artifacts), new_token()
        ((workspace,),) = self.rows("SELECT workspace FROM experiments WHERE id = ?", experiment)
        store.links.add(workspace, token, "experiment", experiment, days=1)
        return token


class Watch:
    """Follows the memory of a server while something happens.

    Attributes:
        before: Megabytes at the start.
        most: Megabytes at most since.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self.before = self.most = target.memory()

    @property
    def growth(self) -> float:
        """Megabytes more than at the start, at worst."""
        return self.most - self.before

    def now(self) -> float:
        """Megabytes more than at the start, at this moment."""
        memory = self._target.memory()
        self.most = max(self.most, memory)
        return memory - self.before

    async def follow(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.to_thread(self.now)
            await asyncio.sleep(0.5)

    async def after(self, seconds: float, enough: float) -> float:
        """Megabytes more than at the start, once it is below `enough` or so many seconds have passed."""
        deadline, now = time.monotonic() + seconds, await asyncio.to_thread(self.now)
        while now > enough and time.monotonic() < deadline:
            await asyncio.sleep(1.0)
            now = await asyncio.to_thread(self.now)
        return now


async def until(condition: Callable[[], object], seconds: float, every: float = 0.25) -> bool:
    """Wait for something that is looked at, not told; False when it did not come."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(sqlite3.Error, psutil.NoSuchProcess):
            if await asyncio.to_thread(condition):
                return True
        await asyncio.sleep(every)
    return False


async def settled(target: Target) -> None:
    """Wait until the engine has started, or for a minute: what it takes is nobody's attack."""
    deadline, before = time.monotonic() + _SETTLED, 0.0
    while time.monotonic() < deadline:
        now = await asyncio.to_thread(target.memory)
        if target.supervisors() and abs(now - before) < _STILL:
            return
        before = now
        await asyncio.sleep(4.0)


@contextmanager
def serving(ground: Ground, log: Path, settings: Mapping[str, str]) -> Iterator[Target]:
    """The server, while it runs; every browser has a workspace of its own.

    Raises:
        RuntimeError: it did not start; the end of its log says why.
    """
    port = free_port()
    with log.open("wb") as output:
        server = launch(
            ground.root / "app.py",
            port,
            ground.home,
            output,
            root=ground.root,
            **{"SEQLAB_AUTH": "browser", **settings},
        )
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + _START
        while not _listens(url):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The app did not start: {log.read_text(errors='replace')[-600:]}")
            time.sleep(0.2)
        yield Target(url, server.pid, ground, log)
    finally:
        _end(server)


def _listens(url: str) -> bool:
    """Whether anything is said there, be it that the server is not well."""
    try:
        urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _end(server: subprocess.Popen[bytes]) -> None:
    """End it with all that it has started, whatever state it is in."""
    with suppress(psutil.NoSuchProcess):
        below = psutil.Process(server.pid).children(recursive=True)
        server.terminate()
        try:
            server.wait(_END)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(_END)
        for process in below:
            with suppress(psutil.NoSuchProcess):
                process.kill()
