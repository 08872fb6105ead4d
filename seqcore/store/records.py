"""The rows of the store as people and pages see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from seqcore.errors import OptionError
from seqcore.kinds.text.pretrained.config import EncoderConfig


class RunState(StrEnum):
    """Where a run stands: queued → preparing → training → evaluating → finished, or how it ended early."""

    QUEUED = "queued"
    PREPARING = "preparing"
    TRAINING = "training"
    EVALUATING = "evaluating"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


ACTIVE = frozenset({RunState.QUEUED, RunState.PREPARING, RunState.TRAINING, RunState.EVALUATING})
DONE = frozenset(RunState) - ACTIVE
ACTIVE_NAMES = [state.value for state in ACTIVE]  # as the database has them

_EARLY_ENDS = frozenset({RunState.CANCELLED, RunState.FAILED, RunState.INTERRUPTED})
_NEXT = {
    RunState.QUEUED: _EARLY_ENDS | {RunState.PREPARING},
    RunState.PREPARING: _EARLY_ENDS | {RunState.TRAINING},
    RunState.TRAINING: _EARLY_ENDS | {RunState.EVALUATING},
    RunState.EVALUATING: _EARLY_ENDS | {RunState.FINISHED},
}


def may_follow(now: RunState, then: RunState) -> bool:
    """Whether a run in state `now` may go to `then`; an active state may be repeated, a done one is final.

    Three ways lead back into the queue: `Queue.give_way` when another workspace waits, `Queue.retry` when a worker
    died, `Queue.resume` when a person asks.
    """
    return now in ACTIVE and (then == now or then in _NEXT[now])


@dataclass(frozen=True)
class Dataset:
    """Labelled data that were kept.

    Attributes:
        rows: Examples.
        classes: The labels, in order.
        bytes: Size of its file.
        kind: What an example is, see `seqcore.kinds`.
        looked_at: When somebody last did, to the hour; None: not since it was created.
    """

    id: str
    workspace: str
    name: str
    content_hash: str
    rows: int
    classes: tuple[str, ...]
    created: datetime
    meta: dict[str, Any]
    bytes: int = 0
    kind: str = "text"
    looked_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class KeptEncoder:
    """A pretrained encoder that is kept beside a data set.

    Attributes:
        content: The hash that names it.
        name: As it was given.
        config: Its sizes.
        parameters: How many numbers it has.
    """

    content: str
    name: str
    config: EncoderConfig
    parameters: int

    @property
    def told(self) -> str:
        """Its sizes, in words."""
        return self.config.told(self.parameters)


@dataclass(frozen=True)
class Experiment:
    """The runs started by one press of Train.

    Attributes:
        origin: Id of the experiment whose models learn here from parts of its training rows; empty for all others.
        run_ids: In order, when it was just added, not when found.
        looked_at: See `Dataset`.
    """

    id: str
    workspace: str
    name: str
    dataset_id: str
    created: datetime
    origin: str = ""
    run_ids: tuple[str, ...] = field(default=(), compare=False)
    looked_at: datetime | None = field(default=None, compare=False)

    def refuse_to_compare(self) -> None:
        """Raise an OptionError where models learned from parts of the rows: they are no rivals of each other."""
        if self.origin:
            raise OptionError(
                "These trainings say how much data is needed, not which model is better",
                received=f"experiment {self.id}",
                remedy=f"Ask about experiment {self.origin}, whose models they are",
            )


@dataclass(frozen=True)
class MetricRow:
    """Loss and accuracy at one moment of a run.

    Attributes:
        epoch: Position in epochs; 0.25 is a quarter of the first.
        step: Training steps done.
        seconds: Since training started.
        loss: Not a number when the training exploded.
    """

    split: Literal["train", "validation"]
    epoch: float
    step: int
    seconds: float
    loss: float
    accuracy: float


@dataclass(frozen=True)
class EngineRecord:
    """An engine that signed in; `beats` grows while it lives."""

    id: str
    host: str
    pid: int
    beats: int
    heartbeat: datetime


@dataclass(frozen=True)
class ActiveRun:
    """An active run as the engine that has it looks after it; `has_trained`: a step at least, in whichever turn."""

    id: str
    state: RunState
    engine: str
    worker: str
    cancel_requested: bool
    has_trained: bool = False
