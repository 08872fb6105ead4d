"""More seeds: what is missing is added to the same experiment, once, with the same settings."""

from seqcore.lab.more_seeds import specs_of_more_seeds, train_more_seeds
from seqcore.spec import RunSpec, SplitOptions
from seqcore.store import Store
from tests.pages.finished import WORKSPACE, finished_experiment, labelled


def models_of(specs: list[RunSpec]) -> list[tuple[str, int]]:
    return [(spec.architecture, spec.seed) for spec in specs]


def test_every_model_gets_its_next_seed_before_any_gets_the_one_after(store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("rnn", 1), ("lstm", 7)])
    runs = store.runs.of(WORKSPACE, experiment.id)
    expected = [("rnn", 2), ("lstm", 8), ("lstm", 9)]
    assert models_of(specs_of_more_seeds(runs, 3)) == expected
    assert specs_of_more_seeds(runs, 1) == []


def test_a_model_without_seeds_is_not_trained_again(store: Store) -> None:
    experiment = finished_experiment(store, [("bag_of_words", 0), ("lstm", 0)])
    assert models_of(specs_of_more_seeds(store.runs.of(WORKSPACE, experiment.id), 2)) == [("lstm", 1)]


def test_where_each_seed_drew_a_split_every_model_has_seeds_and_gets_those_of_the_others_first(store: Store) -> None:
    models = [("bag_of_words", 4), ("lstm", 0), ("lstm", 2)]
    experiment = finished_experiment(store, models, split=SplitOptions(split_each_seed=True))
    specs = specs_of_more_seeds(store.runs.of(WORKSPACE, experiment.id), 4)
    assert models_of(specs) == [("bag_of_words", 0), ("lstm", 4), ("bag_of_words", 2), ("lstm", 1), ("bag_of_words", 5)]
    assert {spec.split.split_each_seed for spec in specs} == {True}


def test_the_new_runs_stand_behind_those_that_are_there_and_are_submitted_once(store: Store) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0)])
    submitted: list[str] = []
    new = train_more_seeds(store, WORKSPACE, experiment.id, 3, submit=submitted.extend)
    assert submitted == new
    runs = store.runs.of(WORKSPACE, experiment.id)
    assert [run.id for run in runs][-4:] == new
    assert len({run.spec.model_identity() for run in runs}) == 2
    assert train_more_seeds(store, WORKSPACE, experiment.id, 3, submit=submitted.extend) == []
    assert labelled().content_hash == runs[-1].spec.dataset
