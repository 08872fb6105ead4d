"""Compare asks, when it is pressed, what each model loses when words are shuffled."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.errors import InspectionError
from seqcore.inspections.contracts import Answer, Request
from seqcore.inspections.word_order import WORD_ORDER
from seqcore.store import Store
from tests.pages.conftest import NotingRoom
from tests.pages.finished import AnsweringEngine, finished_experiment


def opened(lab: AppTest, store: Store) -> AppTest:
    experiment = finished_experiment(store, [("rnn", 0), ("rnn", 1), ("lstm", 0), ("bag_of_words", 0)])
    lab.query_params["experiment"] = experiment.id
    lab.session_state["compare-tabs"] = "Word order"
    page = lab.run().switch_page("lab/compare.py").run()
    assert not page.exception
    return page


def test_every_seed_is_asked_when_it_is_pressed_and_each_model_told_as_their_mean(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, store)
    assert not engine.asked
    page.toggle(key="word-order").set_value(True).run()
    assert not page.exception
    assert [name for name, _, _ in engine.asked] == [WORD_ORDER] * 4
    table = page.dataframe[-1].value
    assert dict(zip(table["Model"], table["Seeds"], strict=True)) == {"Bag of words": 1, "LSTM": 1, "RNN": 2}
    assert set(table["Lost"]) == {25.0}
    assert table["Shuffled"].iloc[0] == pytest.approx(65)
    page.run()
    assert len(engine.asked) == 4  # remembered, run by run


def test_a_seed_that_was_deleted_is_named_and_the_others_are_told(
    lab: AppTest, store: Store, engine: AnsweringEngine, room: NotingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(name: str, run_id: str, request: Request, timeout: float | None = None, epoch: int | None = None) -> Answer:
        run = store.runs.find(run_id)
        if (run.architecture, run.seed) == ("rnn", 1):
            store.runs.find("deleted meanwhile")
        return engine.ask(name, run_id, request, timeout, epoch)

    monkeypatch.setattr(room, "ask", ask)
    page = opened(lab, store)
    page.toggle(key="word-order").set_value(True).run()
    assert not page.exception
    assert [error.value for error in page.error] == ["RNN\\, seed 1 was deleted\\."]
    assert dict(zip(*page.dataframe[-1].value[["Model", "Seeds"]].T.to_numpy(), strict=True))["RNN"] == 1


def test_a_model_that_cannot_be_asked_is_named_and_the_others_are_asked(
    lab: AppTest, store: Store, engine: AnsweringEngine, room: NotingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(name: str, run_id: str, request: Request, timeout: float | None = None, epoch: int | None = None) -> Answer:
        if store.runs.find(run_id).architecture == "lstm":
            raise InspectionError("The saved model cannot be read", remedy="Train this run again")
        return engine.ask(name, run_id, request, timeout, epoch)

    monkeypatch.setattr(room, "ask", ask)
    page = opened(lab, store)
    page.toggle(key="word-order").set_value(True).run()
    assert not page.exception
    assert [error.value.split("\\")[0] for error in page.error] == ["LSTM"]
    assert len(page.dataframe[-1].value) == 2
