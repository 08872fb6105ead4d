"""Memory on Look inside: asked when it is wanted, all models on one picture."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.inspections.memory import MemoryAnswer, MemoryCurve
from seqcore.store import Store
from seqcore.ui.pages.look.memory.growing import Grown, memory_csv, spread
from tests.pages.conftest import words
from tests.pages.finished import AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened
from tests.pages.test_epoch_choice import with_moments

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


def test_how_memory_grew_is_asked_after_a_few_epochs_of_each_model_when_it_is_wanted(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, with_moments(store, tuple(range(21)), (0, 4), models=MODELS), "Memory")
    assert not engine.asked
    page.toggle(key="look-memory-growing").set_value(True).run()
    assert not page.exception
    table = page.dataframe[0].value
    assert list(table[table["Model"] == "LSTM"]["Epoch"]) == ["0", "3", "7", "10", "13", "17", "20"]
    assert list(table[table["Model"] == "RNN"]["Epoch"]) == ["0", "4"]
    assert set(table["Half-life, by leaving out"]) == {"never"}
    assert set(table["Accuracy"]) == {"80.0 %"}
    assert "Influence 5 words back over training" in words(page)
    page.segmented_control(key="look-memory-told").set_value(-1).run()
    assert "life in words over training" in words(page)


def test_the_curves_follow_the_chosen_epoch(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, with_moments(store, (0, 2), models=MODELS[:1]), "Memory", epoch="2")
    wanted(page)
    assert engine.epochs == [2]


def test_the_file_has_every_curve_of_every_epoch() -> None:
    part = {"distance": (0, 1), "influence": (1.0, 0.5), "texts": (2, 2), "half_life": 1.0}
    answer = MemoryAnswer(**part, asked=2, accuracy=0.5, occlusion=MemoryCurve(**part))
    rows = list(csv.reader(io.StringIO(memory_csv([Grown(None, "=A", [0, 3], [answer] * 2)]).decode("utf-8-sig"))))
    assert len(rows) == 1 + 2 * 2
    assert [row[1] for row in rows[1:]] == ["0", "0", "3", "3"]
    assert not rows[1][0].startswith("=")


@pytest.mark.parametrize("most", [1, 2, 7])
def test_epochs_are_spread_evenly(most: int) -> None:
    assert spread([0, 5], most)[0] == 0
    assert len(spread(list(range(100)), most)) == most
    assert spread(list(range(100)), 2) == [0, 99]
