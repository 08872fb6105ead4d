"""Which runs of this worker process somebody asked to stop, told to the process itself.

The store says the same, and is asked about twice a second; this is looked at before every batch.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_flags: dict[str, threading.Event] = {}  # of the runs that this process works on


@contextmanager
def can_be_stopped(run_id: str) -> Iterator[None]:
    """While the block lasts, `stop` reaches this run."""
    _flags[run_id] = threading.Event()
    try:
        yield
    finally:
        del _flags[run_id]


def stop(run_ids: Sequence[str]) -> None:
    """Ask runs to stop, from whatever thread; those that this process does not work on are nobody's concern here."""
    for run_id in run_ids:
        flag = _flags.get(run_id)
        if flag is not None:
            flag.set()


def is_stopped(run_id: str) -> bool:
    """Whether somebody asked this run to stop."""
    flag = _flags.get(run_id)
    return flag is not None and flag.is_set()
