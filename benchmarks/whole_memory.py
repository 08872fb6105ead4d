"""Memory of the whole app, all of its processes together: idle, with an engine that waits, and while one model trains.

    python benchmarks/whole_memory.py [--data FILE.csv] [--models lstm] [--epochs 3]

Starts the app with one training process on a temporary home folder, lets one visitor train the sample set, then the
file if there is one, and prints megabytes (`/proc/PID/smaps_rollup`, in which what processes share is counted once)
of the server, of the engine and of both, the most while each lasted, and whether that fits into 2 GB. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

from benchmarks.streamlit_client import Tab
from scripts.running_app import running_app
from seqcore.architectures import architectures

MB = 1e6
FITS = 2000  # MB
_EVERY = 0.25  # seconds between two looks
_ENGINE = 5  # processes: supervisor, tracker, fork server, one that trains, one that answers questions
_SETTLED = 20.0  # seconds after which what was needed to start is given back
_PATIENCE = 1800.0


@dataclass
class Most:
    """Most memory of the server, of all below it, and of both at a time, in megabytes."""

    server: float = 0.0
    engine: float = 0.0
    both: float = 0.0

    def look(self, server: psutil.Process) -> None:
        """Count once more."""
        own = proportional(server)
        below = sum(proportional(child) for child in server.children(recursive=True))
        self.server, self.engine = max(self.server, own), max(self.engine, below)
        self.both = max(self.both, own + below)


def proportional(process: psutil.Process) -> float:
    """Megabytes of a process, of shared pages its part; nothing of one that has ended."""
    with contextlib.suppress(OSError, psutil.Error):
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            name, value, *_ = line.split()
            if name == "Pss:":
                return int(value) * 1024 / MB
    return 0.0


@contextlib.asynccontextmanager
async def watched(server: psutil.Process, what: str) -> AsyncIterator[None]:
    """Print the most memory while the context lasts."""
    most = Most()

    async def look() -> None:
        while True:
            most.look(server)
            await asyncio.sleep(_EVERY)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        most.look(server)
        verdict = "fits" if most.both < FITS else "DOES NOT FIT"
        print(
            f"{what}: server {most.server:.0f} MB, engine {most.engine:.0f} MB, together {most.both:.0f} MB: "
            f"{verdict} into {FITS / 1000:.0f} GB",
            flush=True,
        )


async def measure(url: str, pid: int, options: argparse.Namespace) -> None:
    server = psutil.Process(pid)
    async with watched(server, "before the engine starts"):
        await asyncio.sleep(1)
    async with watched(server, "while it starts"):
        async with asyncio.timeout(_PATIENCE):
            while len(server.children(recursive=True)) < _ENGINE:
                await asyncio.sleep(_EVERY)
        await asyncio.sleep(_SETTLED)
    async with watched(server, "an engine waits"):
        await asyncio.sleep(5)
    async with Tab(url) as tab:
        async with watched(server, "one visitor, nothing trained"):
            await asyncio.sleep(5)
        await tab.click("to-train")
        async with watched(server, f"training of the sample, {options.models}"):
            await train(tab, options)
    if options.data:
        async with Tab(url) as tab:
            async with watched(server, f"{options.data.name} read"):
                await tab.choose("data-source", "Upload")
                await tab.until(lambda: tab.page.find("data-file") is not None, "a place for a file")
                await tab.upload("data-file", options.data.name, options.data.read_bytes())
                await asyncio.sleep(5)
            await tab.click("to-train")
            async with watched(server, f"training of {options.data.name}, {options.models}"):
                await train(tab, options)
    await asyncio.sleep(_SETTLED)
    async with watched(server, "afterwards"):
        await asyncio.sleep(5)


async def train(tab: Tab, options: argparse.Namespace) -> None:
    """Train the models that were asked for, and wait for them."""
    for each in architectures("tokens"):
        if tab.ticked(f"use-{each.name}") != (each.name in options.models.split(",")):
            await tab.tick(f"use-{each.name}", each.name in options.models.split(","))
    await tab.enter("train-training-epochs", options.epochs)
    await tab.click("train")
    await tab.until(lambda: tab.page.find("to-compare") is not None, "finished models", _PATIENCE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="CSV file with a column of texts and one of labels")
    parser.add_argument("--models", default="lstm", help="names, with commas between them")
    parser.add_argument("--epochs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder), SEQLAB_WORKERS="1") as app:
        asyncio.run(measure(app.url, app.pid, options))


if __name__ == "__main__":
    main()
