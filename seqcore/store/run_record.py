"""One run as the store has it, and whether it can still be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import seqcore.kinds  # noqa: F401  (a stored spec names a kind)
from seqcore.architectures import get_architecture
from seqcore.errors import OptionError, SeqlabError
from seqcore.spec import RunSpec
from seqcore.spec.run import identity_of
from seqcore.spec.upgrade import read_spec, unreadable
from seqcore.store.records import RunState
from seqcore.store.run_scores import RunScores, read_scores


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
        damaged: Columns whose value could not be read; their attributes hold what stands in for it.
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
    damaged: tuple[str, ...] = ()

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

    @property
    def between_turns(self) -> bool:
        """Whether it has trained and waits for a worker to go on with."""
        return self.state is RunState.QUEUED and self.step > 0

    @cached_property
    def scores(self) -> RunScores | None:
        """What it scored on the test split; None before that, and when nobody can read it."""
        return read_scores(self.results)

    @cached_property
    def problem(self) -> str:
        """Why it cannot be read, in a sentence; empty when it can.

        Found when it is asked for: a long list asks only about the runs that it shows.
        """
        try:
            self.check_settings()
        except SeqlabError as error:
            return str(error)
        if self.results and self.scores is None:
            return str(unreadable("scores of a shape that no run writes", what="scores"))
        return ""

    def check_settings(self) -> None:
        """See that what is stored of this run still names a model that can be built.

        Raises:
            OptionError: its row is damaged, its settings cannot be read, or its architecture is gone.
        """
        if self.damaged:
            raise unreadable(f"a row of the database with a damaged {' and '.join(self.damaged)}")
        model = self.spec.model
        try:
            architecture = get_architecture(self.architecture)
        except OptionError:
            raise OptionError(
                "This version of Sequence Lab does not have the architecture of this run",
                received=repr(self.architecture[:60]),
                remedy="Delete the run and train another one",
            ) from None
        try:
            architecture.validate_options(model)
        except OptionError as error:
            raise unreadable(error.problem) from None
