"""Waiting for what another process does, as long as it takes and no longer."""

import threading
import time

PATIENCE = 180.0


def until(condition, seconds=PATIENCE):
    """Look again and again until the condition gives something true, and give that."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {condition}")
        threading.Event().wait(0.02)
