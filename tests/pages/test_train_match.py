"""A fair match on Train: the widths stand on the cards before anything is trained, and the runs have them."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from tests.pages.conftest import words

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
