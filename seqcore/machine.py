"""What this machine has: cores, and memory that we may take of it."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")  # of a container


def cores_of_machine() -> int:
    """Cores that this process may use, at least 1."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory_of_machine() -> int:
    """Bytes of this machine, or of the container or session that we may not go beyond."""
    import psutil

    found = [int(psutil.virtual_memory().total)]
    for file in _LIMITS if sys.platform == "linux" else ():
        with contextlib.suppress(OSError, ValueError):  # not there, or "max"
            found.append(int(Path(file).read_text(encoding="ascii")))
    if sys.platform != "win32":
        import resource

        found.append(resource.getrlimit(resource.RLIMIT_RSS)[1])
    return min(size for size in found if size > 0)
