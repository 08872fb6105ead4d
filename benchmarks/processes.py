"""What the app's processes take of the machine while something happens: processor time and memory."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import psutil

MB = 1e6
_EVERY = 1.0  # seconds between two looks


@dataclass
class Usage:
    """The server, and the engine's processes below it.

    Attributes:
        seconds: How long one looked.
        server_cpu: Processor seconds that the server took.
        engine_cpu: Processor seconds that the engine's processes took.
        server_mb: Most memory that the server had, resident.
        worker_mb: Most memory of its own (USS) that each of the engine's processes had, the largest first.
    """

    seconds: float = 0.0
    server_cpu: float = 0.0
    engine_cpu: float = 0.0
    server_mb: float = 0.0
    worker_mb: list[float] = field(default_factory=list)


@asynccontextmanager
async def watched(pid: int) -> AsyncIterator[Usage]:
    """Look at the server of that pid and its engine for as long as the context lasts."""
    usage, server = Usage(), psutil.Process(pid)
    most: dict[int, float] = {}
    start, before, engine_before = time.perf_counter(), cpu_seconds(server), engine_cpu_seconds(server)

    async def look() -> None:
        while True:
            usage.server_mb = max(usage.server_mb, server.memory_info().rss / MB)
            for child, mb in own_memory(server).items():
                most[child] = max(most.get(child, 0.0), mb)
            await asyncio.sleep(_EVERY)

    looking = asyncio.create_task(look())
    try:
        yield usage
    finally:
        looking.cancel()
        usage.seconds = time.perf_counter() - start
        usage.server_cpu = cpu_seconds(server) - before
        usage.engine_cpu = engine_cpu_seconds(server) - engine_before
        usage.worker_mb = sorted(most.values(), reverse=True)


def cpu_seconds(process: psutil.Process) -> float:
    """Processor seconds of one process so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def engine_cpu_seconds(server: psutil.Process) -> float:
    """Processor seconds of everything below the server so far."""
    total = 0.0
    for child in server.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            total += cpu_seconds(child)
    return total


def own_memory(server: psutil.Process) -> dict[int, float]:
    """Megabytes that each process below the server shares with no other, by pid."""
    found: dict[int, float] = {}
    for child in server.children(recursive=True):
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            found[child.pid] = child.memory_full_info().uss / MB
    return found
