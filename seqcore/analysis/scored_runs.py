"""From runs that were scored, and their answers, to the models that are compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evaluation import Evaluation, majority
from seqcore.analysis.predictions import Predictions
from seqcore.analysis.run_names import numbered, run_label
from seqcore.analysis.settings_told import names_apart
from seqcore.analysis.standings import Baseline, Result, Standing, rank
from seqcore.analysis.standings_over_splits import StandingOverSplits
from seqcore.architectures import seeds_matter
from seqcore.spec.upgrade import unreadable

if TYPE_CHECKING:
    from seqcore.spec import RunSpec, SplitOptions
    from seqcore.store import Run


@dataclass(frozen=True)
class ScoredRun:
    """A run that was scored and can be read, with its answers to the test texts."""

    run: Run
    evaluation: Evaluation
    answers: Predictions


def standings_of(scored: Sequence[ScoredRun]) -> list[Standing]:
    """The models, the best first, runs that differ in their seed brought together.

    Runs that were stopped before their end are no seeds of those that were not: they are models of their own.

    Raises:
        OptionError: a run has no scores.
    """
    runs = [each.run for each in scored]
    groups = {run.id: (run.spec.model_identity(), _was_stopped(run)) for run in runs}
    results = [_result_of(each) for each in sorted(scored, key=lambda each: each.run.seed)]
    ranked = rank(results, lambda result: groups[result.run_id])
    known = {run.id: run.spec for run in runs}
    specs = [known[standing.results[0].run_id] for standing in ranked]
    stopped = {run.id for run in runs if _was_stopped(run)}
    labels = numbered(names_apart([_named(standing, stopped) for standing in ranked], specs))
    return [_model(standing, label, spec) for standing, label, spec in zip(ranked, labels, specs, strict=True)]


def baseline_of(scored: ScoredRun, training: Callable[[], NDArray[np.integer]]) -> Baseline:
    """What always answering the most frequent class of the training rows gets on the test of a run.

    Args:
        scored: The run.
        training: Gives (rows,) codes of the training rows; asked where the evaluation, of the first version, has none.
    """
    answers, known = scored.answers, scored.evaluation.baseline
    if known is None:
        known = majority(training(), answers.labels, scored.evaluation.classes)
    return Baseline(known.label, answers.labels == known.code, answers.rows)


def _model(standing: Standing, label: str, spec: RunSpec) -> Standing:
    if spec.split.split_each_seed:
        return StandingOverSplits(label, standing.architecture, standing.results)
    return replace(standing, label=label, has_seeds=seeds_matter(spec.architecture, spec.split))


def _was_stopped(run: Run) -> bool:
    return run.state.value == "cancelled"


def _named(standing: Standing, stopped: Collection[str]) -> str:
    return f"{standing.label}, stopped" if standing.results[0].run_id in stopped else standing.label


def _result_of(scored: ScoredRun) -> Result:
    run, found = scored.run, scored.answers
    test, validation = run.scores, run.results.get("validation")
    if test is None:
        raise unreadable("a run without scores", what="scores")
    accuracy = validation.get("accuracy") if isinstance(validation, dict) else None
    return Result(
        run_id=run.id, label=run_label(run), architecture=run.architecture, seed=run.seed,
        accuracy=test.accuracy, macro_f1=test.macro_f1, loss=test.loss, ms_per_text=test.ms_per_text,
        parameters=run.parameters or 0, training_seconds=run.seconds.get("training", 0.0),
        rows=found.rows, labels=found.labels, predicted=found.predicted, classes=scored.evaluation.classes,
        probabilities=found.probabilities,
        validation_accuracy=float(accuracy) if isinstance(accuracy, int | float) else math.nan,
        epochs=test.epochs, best_epoch=test.best_epoch,
        learned=test.training_rows or _learned(run.spec.split, len(found.rows)),
    )  # fmt: skip


def _learned(split: SplitOptions, tested: int) -> int:
    """Rows that a run was trained on, as its settings have it: of a version that did not count them."""
    of_the_rest = (1 - split.test_share) * (1 - split.validation_share) * split.training_share
    return max(1, round(tested / split.test_share * of_the_rest))
