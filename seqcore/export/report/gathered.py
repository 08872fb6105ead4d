"""Everything that a report tells of an experiment, read from the store once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evaluation import Evaluation, read_evaluation
from seqcore.analysis.predictions import TEST_FILE, VALIDATION_FILE, read_predictions
from seqcore.analysis.run_names import label_and_seed
from seqcore.analysis.scored_runs import ScoredRun, baseline_of, standings_of
from seqcore.analysis.standings import Baseline, Standing
from seqcore.analysis.verdict import Verdict, verdict
from seqcore.datasets import LabelledData, Split, share_of, split_rows
from seqcore.errors import DataError, NotFoundError, SeqlabError
from seqcore.kinds import Kind, get_kind
from seqcore.spec import SplitOptions
from seqcore.store import DONE, Experiment, MetricRow, Run, Store


@dataclass(frozen=True)
class Gathered:
    """An experiment with all that is told of it.

    Attributes:
        experiment: Which one.
        data: The labelled examples.
        kind: What they are.
        runs: Those that were scored and can be read, in the experiment's order.
        left_out: A sentence for each of the others: why nothing is told of it.
        ranked: The models, the best first.
        baseline: What always giving the commonest answer gets, on the test of the best model's first run.
        evaluations: By run.
        moments: Loss and accuracy over time, by run.
        splits: The rows of each way to split that a run has.
        names_given: What word vectors and encoders that models begin with were called, by their content.
    """

    experiment: Experiment
    data: LabelledData
    kind: Kind
    runs: tuple[Run, ...]
    left_out: tuple[str, ...]
    ranked: tuple[Standing, ...]
    baseline: Baseline
    evaluations: Mapping[str, Evaluation]
    moments: Mapping[str, Sequence[MetricRow]]
    splits: Mapping[SplitOptions, Split]
    names_given: Mapping[str, str]

    @cached_property
    def verdict(self) -> Verdict:
        """What may be said of the models."""
        return verdict(self.ranked, self.baseline)

    @property
    def split(self) -> Split:
        """That of the first run."""
        return self.splits[self.runs[0].spec.drawn_split]

    def runs_of(self, standing: Standing) -> list[Run]:
        """The runs of a model, by seed."""
        known = {run.id: run for run in self.runs}
        return [known[result.run_id] for result in standing.results]


def gather(store: Store, experiment: Experiment) -> Gathered:
    """Read an experiment.

    Raises:
        NotFoundError: its data are gone, or none of its runs has a score that can be read.
        DataError: its data are damaged.
        SeqlabError: its runs are trials of a sweep, or learned from parts of another's rows.
    """
    store.refuse_to_compare(experiment)
    dataset = store.datasets.find(experiment.dataset_id)
    data = store.datasets.load(dataset)
    sound: dict[str, ScoredRun] = {}
    left_out: list[str] = []
    splits: dict[SplitOptions, Split] = {}
    for run in store.runs.of(experiment.workspace, experiment.id):
        try:
            sound[run.id] = _read(store, run, data, splits)
        except SeqlabError as error:
            left_out.append(f"{label_and_seed(run)}: {error}")
    if not sound:
        raise NotFoundError(
            "No model of this experiment has a score yet",
            received="; ".join(left_out)[:300] or "an experiment without runs",
            remedy="Train a model to its end, then make the report",
        )
    runs = tuple(each.run for each in sound.values())
    ranked = standings_of(list(sound.values()))
    best = sound[ranked[0].results[0].run_id]
    baseline = baseline_of(best, lambda: data.codes()[splits[best.run.spec.drawn_split].train])
    moments: dict[str, list[MetricRow]] = {run.id: [] for run in runs}
    for _, run_id, row in store.measurements.thinned(moments):
        moments[run_id].append(row)
    return Gathered(
        experiment, data, get_kind(data.kind), runs, tuple(left_out), tuple(ranked),
        baseline, {run_id: each.evaluation for run_id, each in sound.items()}, moments, splits,
        store.datasets.names_given(dataset),
    )  # fmt: skip


def _read(store: Store, run: Run, data: LabelledData, splits: dict[SplitOptions, Split]) -> ScoredRun:
    """What a run was found to be worth, and its answers to the test rows of its split.

    Args:
        store: Where it is.
        run: Which.
        data: What it learned from.
        splits: Those known so far; the run's is added.

    Raises:
        SeqlabError: why nothing can be told of it.
    """
    _refuse_unscored(run)
    evaluation = read_evaluation(store.artifacts.read(run.id, "evaluation.json"))
    answers = read_predictions(store.artifacts.read(run.id, TEST_FILE), evaluation.classes)
    options, test = run.spec.drawn_split, np.sort(answers.rows)
    if store.artifacts.has(run.id, VALIDATION_FILE):
        validated = read_predictions(store.artifacts.read(run.id, VALIDATION_FILE), evaluation.classes)
        found = _stored_split(data, options, np.sort(validated.rows), test)
    else:  # of a version that did not keep them: the split is drawn again
        found = splits.get(options) or split_rows(data, options)
    known = splits.get(options, found)
    if not np.array_equal(test, known.test) or not np.array_equal(found.validation, known.validation):
        raise DataError("Its split is not the one that its settings give in this version of Sequence Lab")
    splits[options] = known
    return ScoredRun(run, evaluation, answers)


def _stored_split(
    data: LabelledData, options: SplitOptions, validation: NDArray[np.int64], test: NDArray[np.int64]
) -> Split:
    """The split that a run was trained on, from the rows that it answered: of what is left, it learned from a share."""
    if max(validation.max(), test.max()) >= len(data):
        raise DataError("Its answers are to rows that its data do not have")
    left = np.ones(len(data), np.bool_)
    left[validation], left[test] = False, False
    training = np.flatnonzero(left).astype(np.int64)
    return Split(share_of(training, data.codes(), options), validation, test)


def _refuse_unscored(run: Run) -> None:
    if run.state not in DONE:
        raise NotFoundError(f"It was {run.state} when this report was made")
    if run.problem:
        raise SeqlabError(run.problem.rstrip("."))
    if run.scores is None:
        raise NotFoundError(f"It has no score: it {run.state.replace('finished', 'ended without one')}")
