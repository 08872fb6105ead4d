"""From runs that were scored, and their answers, to the models that are compared."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from seqcore.analysis.run_names import numbered, run_label
from seqcore.analysis.settings_told import names_apart
from seqcore.analysis.standings import Result, Standing, rank
from seqcore.architectures import seeds_matter
from seqcore.spec.upgrade import unreadable

if TYPE_CHECKING:
    from seqcore.analysis.predictions import Predictions
    from seqcore.store import Run


def standings_of(
    runs: Sequence[Run], answers: Mapping[str, Predictions], classes: Mapping[str, tuple[str, ...]]
) -> list[Standing]:
    """The models, the best first, runs that differ in their seed brought together.

    Runs that were stopped before their end are no seeds of those that were not: they are models of their own.

    Args:
        runs: That were scored and can be read.
        answers: To the test texts, by run.
        classes: What they are about, by run.

    Raises:
        OptionError: a run has no scores.
    """
    groups = {run.id: (run.spec.model_copy(update={"seed": 0}).identity(), _was_stopped(run)) for run in runs}
    results = [_result_of(run, answers[run.id], classes[run.id]) for run in sorted(runs, key=lambda run: run.seed)]
    ranked = rank(results, lambda result: groups[result.run_id], has_seeds=seeds_matter)
    specs = {run.id: run.spec for run in runs}
    stopped = {run.id for run in runs if _was_stopped(run)}
    own = [_named(standing, stopped) for standing in ranked]
    labels = numbered(names_apart(own, [specs[standing.results[0].run_id] for standing in ranked]))
    return [replace(standing, label=label) for standing, label in zip(ranked, labels, strict=True)]


def _was_stopped(run: Run) -> bool:
    return run.state.value == "cancelled"


def _named(standing: Standing, stopped: Collection[str]) -> str:
    return f"{standing.label}, stopped" if standing.results[0].run_id in stopped else standing.label


def _result_of(run: Run, found: Predictions, classes: tuple[str, ...]) -> Result:
    test, validation = run.scores, run.results.get("validation")
    if test is None:
        raise unreadable("a run without scores", what="scores")
    accuracy = validation.get("accuracy") if isinstance(validation, dict) else None
    return Result(
        run_id=run.id, label=run_label(run), architecture=run.architecture, seed=run.seed,
        accuracy=test.accuracy, macro_f1=test.macro_f1, loss=test.loss, ms_per_text=test.ms_per_text,
        parameters=run.parameters or 0, training_seconds=run.seconds.get("training", 0.0),
        rows=found.rows, labels=found.labels, predicted=found.predicted, classes=classes,
        probabilities=found.probabilities,
        validation_accuracy=float(accuracy) if isinstance(accuracy, int | float) else math.nan,
        epochs=test.epochs, best_epoch=test.best_epoch,
    )  # fmt: skip
