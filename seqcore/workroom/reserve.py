"""Memory that nobody uses any more, and that Python, C and Arrow keep for what comes next."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import sys

_LARGE = 1024 * 1024  # bytes
_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h


def keep_no_large_pieces() -> None:
    """Let this process keep no large piece of memory for what comes next: it goes to the system when it is let go of.

    Arrow is told so where it was not imported yet. Other C libraries than GNU's go on as they do.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Collect what holds itself, and let the system have all of it."""
    gc.collect()
    arrow = sys.modules.get("pyarrow")
    if arrow is not None:
        arrow.default_memory_pool().release_unused()
    with contextlib.suppress(OSError, AttributeError):  # another C library has no such function
        ctypes.CDLL(None).malloc_trim(0)
