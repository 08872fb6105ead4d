"""Whether an engine is still there, by what it left in the store."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from seqcore.store import EngineRecord, Store

SILENCE_SECONDS = 20.0  # an engine that gives no sign of life for so long is gone


@dataclass(frozen=True)
class Identity:
    """Where an engine lives; `pid` 0 means in no single process."""

    host: str
    pid: int

    @classmethod
    def of_this_process(cls) -> Identity:
        """This machine (and container) and process."""
        return cls(_host(), os.getpid())


def process_is_gone(engine: EngineRecord, here: Identity) -> bool:
    """Whether an engine lived in a process of this machine that has ended; elsewhere nobody can tell."""
    return engine.host == here.host and engine.pid != 0 and not _runs(engine.pid)


def living_engines(store: Store) -> set[str]:
    """Ids of the engines that are there, by one look: a watch, which looks again and again, needs no clock for it."""
    here = Identity.of_this_process()
    return {
        engine.id
        for engine in store.engines.all()
        if not process_is_gone(engine, here) and store.engines.silence(engine) < SILENCE_SECONDS
    }


def _runs(pid: int) -> bool:
    """Whether a process is there and more than an entry that its parent has not cleared away."""
    import psutil

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:  # there, but not ours to look at
        return True


def _host() -> str:
    """The machine's name and, in a container, its process namespace: only there do process ids mean the same."""
    try:
        namespace = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        namespace = ""
    return f"{platform.node()} {namespace}".strip()
