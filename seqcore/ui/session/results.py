"""What the finished runs of an experiment scored, gathered once and shared by the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.predictions import TEST_FILE, Predictions, read_predictions
from seqcore.analysis.run_names import label_and_seed
from seqcore.analysis.scored_runs import ScoredRun, baseline_of, standings_of
from seqcore.analysis.standings import Baseline, Standing
from seqcore.datasets.evidence import evidence_by_text, spans_of
from seqcore.errors import SeqlabError
from seqcore.export.tables import csv_bytes
from seqcore.kinds import Kind, get_kind
from seqcore.ui.session import cache, shared, still_there
from seqcore.ui.session.kept import remember
from seqcore.ui.session.readable import problem_of

if TYPE_CHECKING:
    import pandas as pd

    from seqcore.datasets.labelled_data import LabelledData
    from seqcore.store import Experiment, MetricRow, Run


def kind_of(experiment: Experiment) -> Kind:
    """What the examples of an experiment's data set are.

    Raises:
        NotFoundError: the data set is gone.
    """
    return get_kind(shared.get_store().datasets.find(experiment.dataset_id).kind)


def scored_runs(experiment: Experiment) -> list[Run]:
    """The runs that were evaluated: finished, or stopped with what they had learned; those of them that cannot be read
    any more included."""
    runs = shared.get_store().runs.of(experiment.workspace, experiment.id)
    return [run for run in runs if run.results or (run.state == "finished" and run.problem)]


def runs_among(runs: Sequence[Run], experiment: Experiment) -> list[Run]:
    """Those of the runs that belong to one experiment."""
    return [run for run in runs if run.experiment_id == experiment.id]


def predictions_of(run_id: str) -> Predictions:
    """A run's predictions without the texts, while the run is there.

    Raises:
        NotFoundError: the run is gone, or has no predictions.
        InspectionError: they are damaged.
    """
    still_there.check_run(run_id)
    return _predictions_of(run_id)


@remember()
def _predictions_of(run_id: str) -> Predictions:
    data = shared.get_store().artifacts.read(run_id, TEST_FILE)
    return read_predictions(data, cache.evaluation(run_id).classes)


def sound_runs(runs: Sequence[Run]) -> tuple[list[Run], list[str]]:
    """The runs that can be read with their predictions, and a sentence for each of the others."""
    found = [(run, problem_of(run) or _problem_of_predictions(run)) for run in runs]
    sentences = [f"{label_and_seed(run)}: {problem}" for run, problem in found if problem]
    return [run for run, problem in found if not problem], sentences


def _problem_of_predictions(run: Run) -> str:
    try:
        predictions_of(run.id)
    except SeqlabError as error:
        return str(error)
    return ""


def standings(runs: Sequence[Run]) -> list[Standing]:
    """The models of an experiment, the best first, runs that differ in their seed brought together."""
    return standings_of([scored(run) for run in runs])


def baseline(experiment: Experiment, run: Run) -> Baseline:
    """What always answering the most frequent training label gets on the run's test texts."""

    def training_codes() -> NDArray[np.int32]:
        data = cache.stored_data(experiment.workspace, experiment.dataset_id)
        return data.codes()[cache.split(data.content_hash, run.spec.drawn_split, data).train]

    return baseline_of(scored(run), training_codes)


def scored(run: Run) -> ScoredRun:
    """A run with its evaluation and its answers.

    Raises:
        SeqlabError: it is gone, or cannot be read.
    """
    return ScoredRun(run, cache.evaluation(run.id), predictions_of(run.id))


def texts(experiment: Experiment) -> tuple[str, ...]:
    """What stands for each example of the experiment's data set, by row: for texts, the texts."""
    data = cache.stored_data(experiment.workspace, experiment.dataset_id)
    return tuple(data.summary(row) for row in range(len(data)))


def label_of(experiment: Experiment, row: int) -> str:
    """The label of a row of the experiment's data set."""
    return str(cache.stored_data(experiment.workspace, experiment.dataset_id).labels[row])


def evidence_in(experiment: Experiment, text: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand that decide the label of a text of the experiment's data set; none where nobody knows."""
    data = cache.stored_data(experiment.workspace, experiment.dataset_id)
    return spans_of(text, _evidence(data.content_hash, data.account, data).get(text, ()))


@remember()
def _evidence(content_hash: str, account: str, _data: LabelledData) -> dict[str, tuple[int, ...]]:
    """The places of the words that matter, by the text; empty where the data do not say."""
    return evidence_by_text(_data) or {}


@remember()
def metric_rows(run_ids: tuple[str, ...]) -> dict[str, list[MetricRow]]:
    """Loss and accuracy of runs that are done, at most 300 moments of each, oldest first."""
    found: dict[str, list[MetricRow]] = {run_id: [] for run_id in run_ids}
    for _, run_id, row in shared.get_store().measurements.thinned(run_ids):
        found[run_id].append(row)
    return found


def predictions_table(experiment: Experiment, runs: Sequence[Run]) -> pd.DataFrame:
    """A row for each test text: its label and what every run predicts, with its confidence."""
    import pandas as pd

    data = cache.stored_data(experiment.workspace, experiment.dataset_id)
    first = predictions_of(runs[0].id)
    columns: dict[str, Any] = {
        "row": first.rows + 1,
        get_kind(data.kind).example: [data.summary(int(row)) for row in first.rows],
        "label": [data.labels[row] for row in first.rows],
    }
    for run in runs:
        found, name = predictions_of(run.id), label_and_seed(run)
        while name in columns:
            name += " again"
        if np.array_equal(found.rows, first.rows):
            columns[name] = [data.classes[code] for code in found.predicted]
            columns[f"{name} confidence"] = found.confidence.round(4)
    return pd.DataFrame(columns)


def predictions_csv(experiment: Experiment, runs: Sequence[Run]) -> bytes:
    """What every run predicts for every test text, as a file."""
    return csv_bytes(predictions_table(experiment, runs))
