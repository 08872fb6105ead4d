"""What accuracy costs: which seconds are shown, and the press that measures them alone."""

from __future__ import annotations

import threading

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.errors import EngineError
from seqcore.store import Store
from tests.lab.measure.engines import FakeEngine, Given, alone
from tests.pages.conftest import NotingRoom, words
from tests.pages.finished import finished_experiment
from tests.waiting import until


@pytest.fixture
def cost(lab: AppTest, store: Store) -> AppTest:
    """Compare with the costs of two models open."""
    experiment = finished_experiment(store, [("rnn", 0), ("lstm", 0)])
    lab.run()
    lab.query_params["experiment"] = experiment.id
    lab.session_state["compare-tabs"] = "Cost"
    page = lab.switch_page("lab/compare.py").run()
    assert not page.exception
    return page


def with_engine(room: NotingRoom, monkeypatch: pytest.MonkeyPatch, engine: FakeEngine) -> None:
    monkeypatch.setattr(room, "engine", lambda: engine)


def settled() -> bool:
    return not any(thread.name == "seqlab-measure" for thread in threading.enumerate())


def test_without_a_measurement_the_seconds_of_training_are_shown_and_said_to_be(cost: AppTest) -> None:
    assert "they depend on what else trained meanwhile" in words(cost)
    assert cost.button(key="measure-alone-begin").label == "Measure alone (about 10 s)"
    assert "All models have the same number of parameters" in words(cost)


def test_one_press_measures_the_models_alone(cost: AppTest, room: NotingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = FakeEngine([alone(ms_per_text=0.5), alone(ms_per_text=0.25)])
    with_engine(room, monkeypatch, engine)
    cost.button(key="measure-alone-begin").click().run()
    until(settled)
    cost.run()
    assert not cost.exception
    assert sorted(spec.architecture for spec, _ in engine.measured) == ["lstm", "rnn"]
    assert "Milliseconds an answer, alone: " in words(cost)
    assert "were measured alone: one model after the other" in words(cost)
    assert cost.button(key="measure-alone-begin").label == "Measure again (about 10 s)"


def test_while_it_measures_it_says_what_and_can_be_cancelled(
    cost: AppTest, room: NotingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = FakeEngine([Given(is_done=False)])
    with_engine(room, monkeypatch, engine)
    cost.button(key="measure-alone-begin").click().run()
    until(lambda: engine.given)
    cost.run()
    assert "Measuring " in words(cost)
    cost.button(key="measure-alone-cancel").click().run()
    until(settled)
    cost.run()
    assert engine.given[0].cancelled
    assert cost.button(key="measure-alone-begin").label.startswith("Measure alone")


def test_what_went_wrong_is_said_with_the_press_to_try_again(
    cost: AppTest, room: NotingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_engine(room, monkeypatch, FakeEngine([EngineError("The process that measured died", remedy="Try again")]))
    cost.button(key="measure-alone-begin").click().run()
    until(settled)
    cost.run()
    assert "The process that measured died" in words(cost)
    assert cost.button(key="measure-alone-begin")


def test_whoever_only_has_the_link_cannot_measure(lab: AppTest, cost: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seqcore.ui.pages.compare.cost.state.workspace", lambda: "somebody else's")
    cost.run()
    assert not [button for button in cost.button if str(button.key).startswith("measure-alone")]
