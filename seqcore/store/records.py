"""The rows of the store as people and pages see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

import seqcore.kinds  # noqa: F401  (a stored spec names a kind)
from seqcore.errors import OptionError
from seqcore.spec import RunSpec
from seqcore.spec.run import identity_of
from seqcore.spec.upgrade import read_spec


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

    Two ways lead back into the queue: `Queue.retry` when a worker died, `Queue.resume` when a person asks.
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


@dataclass(frozen=True)
class Experiment:
    """The runs started by one press of Train."""

    id: str
    workspace: str
    name: str
    dataset_id: str
    created: datetime


@dataclass(frozen=True)
class Run:
    """One training of one spec.

    Attributes:
        stored_spec: Its settings as they were written, by whatever version.
        message: Why it failed or stopped; empty otherwise.
        parameters: Trainable numbers of the model, once it is built.
        epoch: Position in epochs; 0.25 is a quarter of the first.
        epochs: Epochs planned.
        step: Training steps done.
        seconds: Of the stages queued, preparing, training, evaluating, and in total.
        results: The small numbers: {"test": {...}, "validation": {...}}.
        engine: Id of the engine that has it; empty before it was submitted.
        worker: Address of the worker process that took it; empty before.
        submitted: When it was last put into the queue; None: when it was created.
        attempts: How often a worker began it since then.
        bytes: Size of its files, once it is done.
    """

    id: str
    workspace: str
    experiment_id: str
    architecture: str
    seed: int
    name: str
    stored_spec: dict[str, Any]
    state: RunState
    message: str
    parameters: int | None
    created: datetime
    started: datetime | None
    finished: datetime | None
    epoch: float
    epochs: int
    step: int
    texts_per_second: float
    seconds: dict[str, float]
    results: dict[str, Any]
    cancel_requested: bool
    engine: str
    worker: str = ""
    submitted: datetime | None = None
    attempts: int = 0
    bytes: int = 0

    @cached_property
    def spec(self) -> RunSpec:
        """Its settings in today's layout.

        Raises:
            OptionError: they cannot be read.
        """
        return read_spec(self.stored_spec)

    @cached_property
    def identity(self) -> str:
        """Names its settings as they were written, so that an update of the program changes nothing of it."""
        return identity_of(self.stored_spec)

    @cached_property
    def problem(self) -> str:
        """Why its settings cannot be read, in a sentence; empty when they can."""
        try:
            self.spec  # noqa: B018
        except OptionError as error:
            return str(error)
        return ""


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
    """An active run as the engine that has it looks after it."""

    id: str
    state: RunState
    worker: str
    cancel_requested: bool
