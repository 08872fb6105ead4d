"""Runs of equal settings are seeds of one model, unless they were stopped before their end."""

from dataclasses import replace

import pytest

from seqcore.analysis.evaluation import read_evaluation
from seqcore.analysis.predictions import read_predictions
from seqcore.analysis.scored_runs import ScoredRun, standings_of
from seqcore.datasets import split_rows
from seqcore.lab.compare import compared_models
from seqcore.spec import SplitOptions
from seqcore.store import Run, RunState, Store
from tests.pages.finished import WORKSPACE, finished_experiment, labelled

CLASSES = ("ham", "spam")


def scored(store: Store, run: Run) -> ScoredRun:
    evaluation = read_evaluation(store.artifacts.read(run.id, "evaluation.json"))
    return ScoredRun(run, evaluation, read_predictions(store.artifacts.read(run.id, "predictions.parquet"), CLASSES))


def test_seeds_that_drew_splits_of_their_own_are_one_model_of_several_splits_even_in_closed_form(tmp_path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))
    split, models = SplitOptions(split_each_seed=True), [("bag_of_words", seed) for seed in (0, 1, 2)]
    experiment = finished_experiment(store, models, split=split)
    compared = compared_models(store, experiment)
    (model,) = compared.standings
    assert (model.over_splits, model.seeds, model.has_seeds) == (True, 3, True)
    drawn = [split_rows(labelled(), split.drawn_for(seed)) for seed in (0, 1, 2)]
    assert [run.learned for run in model.results] == [len(each.train) for each in drawn]
    for run, each in zip(model.results, drawn, strict=True):
        assert run.rows.tolist() == each.test.tolist()


def test_of_runs_whose_training_rows_were_not_counted_the_settings_say_how_many_there_were(tmp_path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))
    experiment = finished_experiment(store, [("rnn", 0)], split=SplitOptions(training_share=0.5))
    (run,) = store.runs.of(WORKSPACE, experiment.id)
    older = replace(run, results={name: run.results[name] for name in ("test", "validation")})
    counted, told = (standings_of([scored(store, each)])[0].results[0].learned for each in (run, older))
    assert counted == len(split_rows(labelled(), run.spec.drawn_split).train)
    assert told == pytest.approx(counted, abs=2)


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
