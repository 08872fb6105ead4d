"""Evaluations as earlier versions stored them, brought to today's layout one step at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from seqcore.errors import InspectionError

Stored = dict[str, Any]


def upgraded(stored: Stored, newest: int) -> Stored:
    """The same scores in today's layout.

    Args:
        stored: As it was read.
        newest: Version of today's layout.

    Raises:
        InspectionError: a newer version of the program wrote it.
        ValueError: it names no version.
    """
    version = stored.get("version", 1)  # the first layout had no number
    if type(version) is not int or version < 1:
        raise ValueError(f"version {version!r}")
    if version > newest:
        raise InspectionError(
            "This run was evaluated by a newer version of Sequence Lab",
            received=f"an evaluation of version {version}, this one knows {newest}",
            remedy="Update Sequence Lab, or train the run again",
        )
    for step in range(version, newest):
        stored = STEPS[step](stored)
    return stored


def baseline_joins(stored: Stored) -> Stored:
    """1 → 2: the baseline and the timings stand in the file; who reads an older one is told that they are not known."""
    return {**stored, "version": 2, "baseline": None, "timings": {}}


STEPS: dict[int, Callable[[Stored], Stored]] = {1: baseline_joins}
