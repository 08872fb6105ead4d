"""How many files and connections this process may have open at once."""

from __future__ import annotations

import contextlib
import sys

ENOUGH = 65_536  # a system that allows a million makes nothing better with them


def raise_limit() -> int:
    """Let this process, and what it starts, open as many files as the system allows it; returns how many.

    Systems start a process with 1,024 and allow far more (the hard limit) to whoever asks.
    """
    if sys.platform == "win32":  # which has no such limit on connections
        return ENOUGH
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return ENOUGH if soft == resource.RLIM_INFINITY else min(soft, ENOUGH)
    with contextlib.suppress(OSError, ValueError):  # macOS allows less than it says
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return soft
