"""Sweeps and trials as the store has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class SweepState(StrEnum):
    """Where a sweep stands: going → finished or failed, or by a person's wish stopping → stopped."""

    GOING = "going"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"


OPEN = frozenset({SweepState.GOING, SweepState.STOPPING})  # somebody has to drive it


@dataclass(frozen=True)
class SweepRecord:
    """One search for better settings of one architecture.

    Attributes:
        dataset_id: What its trials learn from.
        search: What is searched and how, as `seqcore.lab.sweep.stored` writes it; empty when it is damaged.
        message: Why it waits, or how it ended; empty while it goes on.
        experiment_id: Whose runs are its trials; None before the first.
        final_experiment_id: That judges what it found; None before.
        driver: Name of who may go on with it; empty: nobody yet.
        claimed_until: Until when nobody else may.
        ended: None while it is open.
        looked_at: When somebody last did, to the hour; None: not since it was created.
    """

    id: str
    workspace: str
    dataset_id: str
    architecture: str
    search: dict[str, Any]
    state: SweepState
    message: str
    experiment_id: str | None
    final_experiment_id: str | None
    driver: str
    claimed_until: datetime | None
    created: datetime
    ended: datetime | None
    looked_at: datetime | None = field(default=None, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether it goes on, or is about to stop."""
        return self.state in OPEN


@dataclass(frozen=True)
class TrialRecord:
    """One trial of a sweep, as far as it was judged.

    Attributes:
        number: From 0.
        run_id: Its run, which may have been deleted since.
        settings: The values that were tried, by name.
        state: "going", or how the sweep took its end.
        given_up: Whether the sweep asked for its end.
        losses: Validation loss after each epoch that counts; empty while it goes on.
        loss: Validation loss of the model that it ended with; None: not a number.
        accuracy: Its validation accuracy; likewise.
    """

    number: int
    run_id: str
    settings: dict[str, Any]
    state: str = "going"
    given_up: bool = False
    losses: tuple[float | None, ...] = ()
    loss: float | None = None
    accuracy: float | None = None
