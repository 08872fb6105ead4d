"""Compare: the models of one experiment, and what always answering alike would get."""

from __future__ import annotations

from dataclasses import dataclass

from seqcore.analysis.evaluation import Evaluation, majority, read_evaluation
from seqcore.analysis.predictions import Predictions, read_predictions
from seqcore.analysis.run_names import label_and_seed
from seqcore.analysis.scored_runs import standings_of
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
    """
    found: dict[str, tuple[Run, Evaluation, Predictions]] = {}
    left_out = []
    for run in store.runs.of(experiment.workspace, experiment.id):
        if run.scores is None and not run.problem:
            continue
        try:
            found[run.id] = _answers_of(store, run)
        except SeqlabError as error:
            left_out.append(f"{label_and_seed(run)}: {error}")
    if not found:
        raise NotFoundError(
            "No model of this experiment has a score yet",
            received="; ".join(left_out)[:300] or f"experiment {experiment.id}",
            remedy="Let a training end, then compare",
        )
    standings = standings_of(
        [run for run, _, _ in found.values()],
        {run_id: answers for run_id, (_, _, answers) in found.items()},
        {run_id: evaluation.classes for run_id, (_, evaluation, _) in found.items()},
    )
    run, evaluation, answers = found[standings[0].results[0].run_id]
    known = evaluation.baseline
    if known is None:  # evaluations of the first version
        data = store.datasets.load(store.datasets.find(experiment.dataset_id))
        known = majority(data.codes()[split_rows(data, run.spec.drawn_split).train], answers.labels, data.classes)
    return Compared(tuple(standings), Baseline(known.label, answers.labels == known.code), tuple(left_out))


def _answers_of(store: Store, run: Run) -> tuple[Run, Evaluation, Predictions]:
    if run.problem:
        raise SeqlabError(run.problem.rstrip("."))
    evaluation = read_evaluation(store.artifacts.read(run.id, "evaluation.json"))
    return run, evaluation, read_predictions(store.artifacts.read(run.id, "predictions.parquet"), evaluation.classes)
