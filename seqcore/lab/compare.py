"""Compare: the models of one experiment, and what always answering alike would get."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evaluation import read_evaluation
from seqcore.analysis.predictions import TEST_FILE, read_predictions
from seqcore.analysis.run_names import label_and_seed
from seqcore.analysis.scored_runs import ScoredRun, baseline_of, standings_of
from seqcore.analysis.standings import Baseline, Standing
from seqcore.datasets import split_rows
from seqcore.errors import NotFoundError, SeqlabError
from seqcore.store import Experiment, Run, Store


@dataclass(frozen=True)
class Compared:
    """The models of an experiment.

    Attributes:
        standings: Those that were scored, the best first.
        baseline: What always giving the most frequent answer gets.
        left_out: A sentence for each run that was scored and cannot be read.
    """

    standings: tuple[Standing, ...]
    baseline: Baseline
    left_out: tuple[str, ...]


def compared_models(store: Store, experiment: Experiment) -> Compared:
    """The models of an experiment.

    Raises:
        NotFoundError: none of its runs has a score that can be read.
        SeqlabError: they are trials of a sweep, or learned from parts of another's rows.
    """
    store.refuse_to_compare(experiment)
    found: dict[str, ScoredRun] = {}
    left_out = []
    for run in store.runs.of(experiment.workspace, experiment.id):
        if run.scores is None and not run.problem:
            continue
        try:
            found[run.id] = scored_run(store, run)
        except SeqlabError as error:
            left_out.append(f"{label_and_seed(run)}: {error}")
    if not found:
        raise NotFoundError(
            "No model of this experiment has a score yet",
            received="; ".join(left_out)[:300] or f"experiment {experiment.id}",
            remedy="Let a training end, then compare",
        )
    standings = standings_of(list(found.values()))
    best = found[standings[0].results[0].run_id]
    baseline = baseline_of(best, lambda: _training_codes(store, experiment, best.run))
    return Compared(tuple(standings), baseline, tuple(left_out))


def scored_run(store: Store, run: Run) -> ScoredRun:
    """A run with its answers.

    Raises:
        SeqlabError: it cannot be read.
    """
    if run.problem:
        raise SeqlabError(run.problem.rstrip("."))
    evaluation = read_evaluation(store.artifacts.read(run.id, "evaluation.json"))
    answers = read_predictions(store.artifacts.read(run.id, TEST_FILE), evaluation.classes)
    return ScoredRun(run, evaluation, answers)


def _training_codes(store: Store, experiment: Experiment, run: Run) -> NDArray[np.int32]:
    data = store.datasets.load(store.datasets.find(experiment.dataset_id))
    return data.codes()[split_rows(data, run.spec.drawn_split).train]
