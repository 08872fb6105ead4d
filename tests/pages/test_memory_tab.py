"""Memory on Look inside: asked when it is wanted, all models on one picture."""

from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from tests.pages.conftest import words
from tests.pages.finished import AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened

MODELS = [("lstm", 0), ("rnn", 0), ("bag_of_words", 0)]


def wanted(page: AppTest) -> AppTest:
    page.toggle(key="look-memory").set_value(True).run()
    assert not page.exception
    return page


def test_nobody_is_asked_before_it_is_wanted(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, "Memory")
    assert not engine.asked
    assert "counts words wherever they stand" in words(page)
    wanted(page)
    assert {store.runs.find(run_id).architecture for _, run_id, _ in engine.asked} == {"lstm", "rnn"}


def test_half_lives_stand_beside_the_accuracy(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = wanted(opened(lab, finished_experiment(store, MODELS).id, "Memory"))
    table = page.dataframe[0].value
    assert list(table["Model"]) == ["LSTM", "RNN"]
    assert list(table["Half-life, by gradient"]) == ["1.0 words"] * 2
    assert list(table["Half-life, by leaving out"]) == ["never"] * 2
    assert list(table["Accuracy"]) == ["80.0 %"] * 2
    page.segmented_control(key="look-memory-how").set_value("By leaving out").run()
    assert "never falls to half" in words(page)


def test_one_model_that_fails_hides_no_other(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS)
    engine.broken.add(next(run.id for run in store.runs.of("personal", experiment.id) if run.architecture == "lstm"))
    page = wanted(opened(lab, experiment.id, "Memory"))
    assert len(page.error) == 1
    assert "RNN" in words(page)
