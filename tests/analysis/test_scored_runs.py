"""Runs of equal settings are seeds of one model, unless they were stopped before their end."""

from dataclasses import replace

from seqcore.analysis.evaluation import read_evaluation
from seqcore.analysis.predictions import read_predictions
from seqcore.analysis.scored_runs import ScoredRun, standings_of
from seqcore.store import RunState, Store
from tests.pages.finished import WORKSPACE, finished_experiment

CLASSES = ("ham", "spam")


def test_a_run_that_was_stopped_is_no_seed_of_those_that_were_not(tmp_path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))
    experiment = finished_experiment(store, [("lstm", 0), ("lstm", 1), ("lstm", 2)])
    *runs, last = store.runs.of(WORKSPACE, experiment.id)
    read = store.artifacts.read
    answers = read_predictions(read(last.id, "predictions.parquet"), CLASSES)
    evaluation = read_evaluation(read(last.id, "evaluation.json"))

    def models(state: RunState) -> dict[str, int]:
        found = standings_of([ScoredRun(run, evaluation, answers) for run in [*runs, replace(last, state=state)]])
        return {model.label: model.seeds for model in found}

    assert models(RunState.FINISHED) == {"LSTM": 3}
    assert models(RunState.CANCELLED) == {"LSTM": 2, "LSTM, stopped": 1}
