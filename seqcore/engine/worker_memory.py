"""How much memory a worker process of this deployment may take."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from seqcore.settings import Settings

LEAST = 1_500_000_000  # bytes; TensorFlow with a small model takes 0.7 GB
ALL_WORKERS = 0.9  # of the machine, all together
FOR_QUESTIONS = 1  # workers beside those that train
_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")  # of a container


def memory_of_worker(settings: Settings) -> int | None:
    """Bytes at which a training process is ended; None on a cluster, whose workers know it themselves."""
    if settings.scheduler:
        return None
    return settings.worker_memory_mb * 1024 * 1024 or share_of_machine(settings.workers + FOR_QUESTIONS)


def share_of_machine(workers: int) -> int:
    """Bytes for each of so many workers, where nothing else was said."""
    return max(LEAST, int(memory_of_machine() * ALL_WORKERS / workers))


def memory_of_machine() -> int:
    """Bytes of this machine, or of the container or session that we may not go beyond."""
    found = [int(psutil.virtual_memory().total)]
    for file in _LIMITS if sys.platform == "linux" else ():
        with contextlib.suppress(OSError, ValueError):  # not there, or "max"
            found.append(int(Path(file).read_text(encoding="ascii")))
    if sys.platform != "win32":
        import resource

        found.append(resource.getrlimit(resource.RLIMIT_RSS)[1])
    return min(size for size in found if size > 0)
