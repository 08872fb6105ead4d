"""One try of some settings, as a sweep sees it: by its validation texts and by nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from seqcore.lab.sweep.space import Searched, Value
from seqcore.store import DONE, MetricRow, Run, RunState

Measure = Literal["loss", "accuracy"]


class TrialState(StrEnum):
    """How a trial stands."""

    GOING = "going"
    FINISHED = "finished"
    PRUNED = "pruned"  # ended early, because it did worse than most did by then
    STOPPED = "stopped"  # by a person
    FAILED = "failed"


@dataclass(frozen=True)
class Trial:
    """One try of some settings.

    There is no place here for what it scored on the test texts, so nothing that is decided by trials can depend on it.

    Attributes:
        number: From 0, in the order of proposal.
        values: Of the settings that are searched, by name.
        state: How it stands.
        losses: Validation loss in nats after each epoch, from the first.
        loss: Validation loss of the model that it ended with; not a number before.
        accuracy: Its validation accuracy; likewise.
        run_id: Its run.
    """

    number: int
    values: Mapping[str, Value]
    state: TrialState = TrialState.GOING
    losses: tuple[float, ...] = ()
    loss: float = math.nan
    accuracy: float = math.nan
    run_id: str = ""

    def cost(self, measure: Measure) -> float:
        """What a sweep makes small: the loss, or the share of wrong answers; infinite where it is not a number."""
        value = self.loss if measure == "loss" else 1 - self.accuracy
        return value if math.isfinite(value) else math.inf

    @property
    def lowest_loss(self) -> float:
        """Lowest validation loss after any of its epochs; infinite where none is a number."""
        return min((loss for loss in self.losses if math.isfinite(loss)), default=math.inf)


def trial_of(run: Run, number: int, space: Sequence[Searched], rows: Sequence[MetricRow]) -> Trial:
    """A run as a trial.

    Args:
        run: Whose settings can be read.
        number: Of the trial.
        space: What is searched.
        rows: What the run measured, in order.
    """
    held_out = run.results.get("validation")
    scores = held_out if isinstance(held_out, dict) else {}
    return Trial(
        number=number,
        values={each.name: _value(run, each.name) for each in space},
        state=_state(run.state),
        losses=tuple(row.loss for row in rows if row.split == "validation"),
        loss=_number(scores.get("loss")),
        accuracy=_number(scores.get("accuracy")),
        run_id=run.id,
    )


def best_trial(trials: Sequence[Trial], measure: Measure) -> Trial | None:
    """The finished trial of the lowest cost, the earlier one where two are equal; None where none has finished."""
    finished = [trial for trial in trials if trial.state == TrialState.FINISHED]
    known = [trial for trial in finished if math.isfinite(trial.cost(measure))]
    return min(known, key=lambda trial: (trial.cost(measure), trial.number), default=None)


def comparable_trials(trials: Sequence[Trial]) -> list[Trial]:
    """Those that trained for as long as the sweep let them: finished, or pruned."""
    return [trial for trial in trials if trial.state in (TrialState.FINISHED, TrialState.PRUNED)]


def _state(state: RunState) -> TrialState:
    if state not in DONE:
        return TrialState.GOING
    ends = {RunState.FINISHED: TrialState.FINISHED, RunState.CANCELLED: TrialState.STOPPED}
    return ends.get(state, TrialState.FAILED)


def _value(run: Run, name: str) -> Value:
    _, dot, bare = name.rpartition(".")
    groups = (run.spec.model,) if dot else (run.spec.input.model_dump(), run.spec.training.model_dump())
    value: Value = next(group[bare] for group in groups if bare in group)
    return value


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan
