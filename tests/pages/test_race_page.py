"""Memory race: a press trains what is missing, the page follows it, and says where the plain RNN loses."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.datasets.planted import PlantedOptions, plant
from seqcore.store import Store
from tests.pages.conftest import NotingRoom, words
from tests.pages.finished import WORKSPACE, finish

ADDRESS = "needle.5-20.rnn-lstm.5.200"


def opened(lab: AppTest, race: str = ADDRESS) -> AppTest:
    lab.run()
    lab.query_params["race"] = race
    page = lab.switch_page("lab/race.py").run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return "\n".join([words(page), *(str(each.value) for each in page.get("html"))])


def train(store: Store, run_ids: list[str]) -> None:
    """As an engine would; the RNN knows nothing from 20 words on."""
    data = {at: plant("needle", PlantedOptions(distance=at, rows=200)) for at in (5, 20)}
    for run_id in run_ids:
        run = store.runs.find(run_id)
        (at,) = [at for at, each in data.items() if each.content_hash == run.spec.dataset]
        finish(store, run, data[at], skill=0.0 if (run.architecture, at) == ("rnn", 20) else 6.0)


def test_a_race_stands_ready(lab: AppTest, store: Store) -> None:
    page = opened(lab, "")
    assert page.button(key="race-start").label == "Start: train 50 models"
    assert not page.error


def test_a_press_trains_and_the_page_says_how_far_it_is(lab: AppTest, store: Store, room: NotingRoom) -> None:
    page = opened(lab)
    page.button(key="race-start").click().run()
    assert len(room.submitted) == 20
    assert page.get("progress")[0].proto.text == "0 of 20 trainings done"
    page.button(key="race-stop").click().run()
    assert sorted(room.cancelled) == sorted(room.submitted)


def test_when_it_is_done_it_says_from_where_on_the_plain_rnn_loses(
    lab: AppTest, store: Store, room: NotingRoom
) -> None:
    page = opened(lab)
    page.button(key="race-start").click().run()
    train(store, room.submitted)
    page.run()
    assert not page.exception and not page.error
    assert "RNN loses to LSTM at distance 20: first at 20" in said(page)
    assert "race-start" not in {button.key for button in page.button}
    assert len(page.dataframe[0].value) == 4
    assert len(store.experiments.all(WORKSPACE)) == 2


def test_what_is_chosen_stands_in_the_address_and_outlives_the_page(lab: AppTest, store: Store) -> None:
    page = opened(lab)
    page.number_input(key="race-seeds").set_value(6).run()
    assert page.button(key="race-start").label == "Start: train 24 models"
    del page.query_params["race"]  # as the menu does in a browser
    page.switch_page("lab/train.py").run()
    page.switch_page("lab/race.py").run()
    assert page.number_input(key="race-seeds").value == 6
    assert page.pills(key="race-distances").value == [5, 20]


@pytest.mark.parametrize(
    "race", ["x", "haystack.5.rnn.5.200", "needle.7.rnn.5.200", "needle.5.elman.5.200", "needle.5.rnn.1.2"]
)
def test_an_address_that_means_no_race_opens_the_usual_one(lab: AppTest, store: Store, race: str) -> None:
    assert opened(lab, race).button(key="race-start").label == "Start: train 50 models"


def test_no_model_is_a_sentence(lab: AppTest, store: Store) -> None:
    page = opened(lab)
    page.pills(key="race-models").set_value([]).run()
    assert "A race needs models" in page.error[0].value
    assert not page.exception
