"""The pages with data that are not text."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.kinds import get_kind
from seqcore.lab.plan import Choices
from seqcore.store import Store
from tests.kinds.waves import labelled_waves
from tests.pages.conftest import opened, words
from tests.pages.finished import WORKSPACE, finish


@pytest.fixture
def dataset_id(store: Store) -> str:
    return store.datasets.add(WORKSPACE, labelled_waves()).id


@pytest.fixture
def experiment_id(store: Store, dataset_id: str) -> str:
    chosen = Choices(architectures=("rnn", "lstm")).for_kind("waves")
    experiment = store.experiments.add(WORKSPACE, dataset_id, chosen.specs("waves", max_epochs=500))
    for number, run in enumerate(store.runs.of(WORKSPACE, experiment.id)):
        finish(store, run, labelled_waves(), skill=2.0 + number)
    return experiment.id


def test_the_data_page_counts_and_names_what_there_is(lab: AppTest, dataset_id: str) -> None:
    page = opened(lab, "lab/data.py", dataset=dataset_id)
    assert not page.error
    assert page.metric[0].label == "Waves"
    assert page.metric[0].value == "90"
    assert "The mean is learned from the training waves only." in words(page)
    assert page.number_input(key="data-input-most_moments").value == 40
    assert "Waves of each class" in words(page)


def test_the_train_page_offers_what_can_read_it_and_says_what_cannot(lab: AppTest, dataset_id: str) -> None:
    page = opened(lab, "lab/train.py", dataset=dataset_id)
    assert not page.error
    assert "use-bag_of_words" not in [box.key for box in page.checkbox]
    assert not page.checkbox(key="use-lstm").disabled
    assert "Reads step by step into one state" in words(page)
    assert "Bag of words, fastText and Pretrained transformer cannot read waves." in words(page)
    assert page.number_input(key="train-input-most_moments").value == 40


def test_a_press_of_train_starts_runs_of_its_kind(lab: AppTest, store: Store, dataset_id: str) -> None:
    page = opened(lab, "lab/train.py", dataset=dataset_id)
    page.button(key="train").click().run()
    assert not page.error
    (experiment,) = store.experiments.all(WORKSPACE)
    assert {run.spec.input.kind for run in store.runs.of(WORKSPACE, experiment.id)} == {"waves"}


def test_the_compare_page_speaks_of_its_examples(lab: AppTest, experiment_id: str) -> None:
    page = opened(lab, "lab/compare.py", experiment=experiment_id)
    assert not page.error
    assert f"test {get_kind('waves').examples} right" in words(page)


@pytest.mark.parametrize("name", ["predict", "runs"])
def test_the_other_pages_open_without_an_error(lab: AppTest, experiment_id: str, name: str) -> None:
    page = opened(lab, f"lab/{name}.py", experiment=experiment_id)
    assert not page.error


def test_the_data_page_draws_one_of_each_class_and_a_row_on_its_way_to_the_model(lab: AppTest, dataset_id: str) -> None:
    page = opened(lab, "lab/data.py", dataset=dataset_id)
    said = words(page)
    assert "A wave of each class" in said
    assert "**falls**, row 2" in said and "**rises**, row 1" in said
    assert "As it was measured" in said and "As a model reads it" in said
