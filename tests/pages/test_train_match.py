"""A fair match on Train: the widths stand on the cards before anything is trained, and the runs have them."""

import threading

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.lab.match import NOT_MEASURED
from seqcore.store import Store
from tests.lab.measure.test_steps import Model
from tests.pages.conftest import NotingRoom, words
from tests.waiting import until

WORKSPACE = "personal"


@pytest.fixture
def train(lab: AppTest) -> AppTest:
    page = lab.run().switch_page("lab/train.py").run()
    page.checkbox(key="use-bag_of_words").check()
    page.selectbox(key="set-match").set_value("parameters").run()
    assert not page.exception
    return page


def test_the_widths_stand_on_the_cards_and_the_runs_have_them(train: AppTest, store: Store) -> None:
    assert "Matched to RNN: 12 units, " in words(train)  # an LSTM beside an RNN of 32 units
    assert words(train).count("The others are matched to this one.") == 1
    assert "Not matched to RNN: it has no width to change." in words(train)
    assert "All of its parameters are counted, also those of the embedding" in words(train)
    train.button(key="train").click().run()
    assert not train.exception
    runs = store.runs.of(WORKSPACE, str(train.query_params["experiment"]))
    units = {run.architecture: run.spec.model.get("units") for run in runs}
    assert (units["rnn"], units["lstm"], units["bag_of_words"]) == (32, 12, None)


def test_another_model_can_be_matched_to(train: AppTest) -> None:
    train.selectbox(key="set-match-to").set_value("lstm").run()
    assert "Matched to LSTM: 76 units, " in words(train)


def test_a_link_brings_the_match_back(lab: AppTest) -> None:
    lab.query_params["plan"] = "rnn.lstm~match-parameters~match_to-lstm"
    page = lab.run().switch_page("lab/train.py").run()
    assert page.selectbox(key="set-match").value == "parameters"
    assert page.selectbox(key="set-match-to").value == "lstm"
    assert "Matched to LSTM: 76 units, " in words(page)


def test_equal_updates_say_how_many_and_stop_no_model_early(train: AppTest, store: Store) -> None:
    train.selectbox(key="set-match").set_value("updates").run()
    assert "None stops early; which epoch is kept is still chosen" in words(train)
    train.button(key="train").click().run()
    runs = store.runs.of(WORKSPACE, str(train.query_params["experiment"]))
    assert {run.spec.training.early_stopping for run in runs} == {0}


def test_the_press_on_the_data_page_matches_too(train: AppTest, store: Store) -> None:
    train.switch_page("lab/data.py").run().button(key="train-now").click().run()
    assert not train.exception
    (experiment,) = store.experiments.all(WORKSPACE)
    units = {run.architecture: run.spec.model.get("units") for run in store.runs.of(WORKSPACE, experiment.id)}
    assert (units["rnn"], units["lstm"]) == (32, 12)


def test_defaults_switch_it_off(train: AppTest) -> None:
    train.button(key="preset-defaults").click().run()
    assert not train.exception
    assert train.selectbox(key="set-match").value == "none"
    assert "Matched to" not in words(train)


def test_a_visit_to_another_page_keeps_it(train: AppTest) -> None:
    train.selectbox(key="set-match-to").set_value("lstm").run()
    train.switch_page("lab/data.py").run().switch_page("lab/train.py").run()
    assert train.selectbox(key="set-match-to").value == "lstm"
    assert "Matched to LSTM" in words(train)


def test_equal_seconds_are_measured_first_and_then_stand_on_the_cards(
    train: AppTest, store: Store, room: NotingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Model(lambda spec: 0.0064 if spec.architecture == "rnn" else 0.0001 * spec.model["units"])
    monkeypatch.setattr(room, "engine", lambda: engine)
    train.selectbox(key="set-match").set_value("seconds").run()
    assert NOT_MEASURED in words(train)
    assert train.button(key="train").disabled
    train.button(key="measure-steps-begin").click().run()
    until(lambda: not any(thread.name == "seqlab-measure" for thread in threading.enumerate()))
    train.run()
    assert not train.exception
    assert "The others are matched to this one: 6.4\u00a0ms a step." in words(train)
    assert words(train).count("Matched to RNN: 64 units, 6.4\u00a0ms a step, 100.0\u00a0%.") == 3
    train.number_input(key="train-training-batch_size").set_value(64).run()
    assert NOT_MEASURED in words(train)  # other batches take other seconds
    train.number_input(key="train-training-batch_size").set_value(32).run()
    train.button(key="train").click().run()
    runs = store.runs.of(WORKSPACE, str(train.query_params["experiment"]))
    assert [run.spec.model.get("units") for run in runs] == [32, 64, 64, 64, None]
