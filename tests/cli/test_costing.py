"""`costs`: every cost of every model, and who is on which front."""

import json
import threading
from contextlib import contextmanager

import pytest

from seqcore.cli import costing
from seqcore.lab.measure.measurer import Measurer
from seqcore.store import Experiment, Store
from tests.lab.measure.engines import FakeEngine, alone
from tests.pages.finished import finished_experiment


@pytest.fixture
def experiment(store: Store) -> Experiment:
    return finished_experiment(store, [("rnn", 0), ("lstm", 0), ("lstm", 1)], skill=0.5)


def test_costs_as_json_have_every_model_and_its_fronts(experiment, capsys: pytest.CaptureFixture[str]) -> None:
    costing.costs(experiment.id, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert [(model["label"], model["seeds"]) for model in found["models"]] == [("LSTM", 2), ("RNN", 1)]
    for model in found["models"]:
        assert model["parameters"] == 1234
        assert model["training_seconds"] > 0 and model["ms_per_text"] == 0.5
    assert found["models"][0]["on_front"] == ["parameters", "training_seconds", "ms_per_text"]
    assert found["models"][1]["on_front"] == []
    assert [sentence.partition(" ")[0] for sentence in found["sentences"]] == [
        "Parameters:", "Seconds", "Milliseconds", "All",
    ]  # fmt: skip
    assert "what else trained meanwhile" in found["note"]
    assert (found["measured_alone"], found["models"][0]["alone"]) == (False, None)


def test_costs_for_people_mark_the_front(experiment, capsys: pytest.CaptureFixture[str]) -> None:
    costing.costs(experiment.id, as_json=False)
    printed = capsys.readouterr()
    assert "1,234 *" in printed.out
    assert "Every other is beaten" in printed.err


def test_measured_costs_take_the_place_of_those_beside_others_and_are_kept(
    experiment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = FakeEngine([alone(epoch_seconds=3.0), alone(epoch_seconds=1.0)])

    @contextmanager
    def measuring(_settings):
        yield Measurer(engine, lambda _stage: None, threading.Event(), poll=0.0)

    monkeypatch.setattr(costing, "measuring", measuring)
    costing.costs(experiment.id, measure=True, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["measured_alone"]
    assert [model["ms_per_text"] for model in found["models"]] == [0.25, 0.25]
    assert [model["alone"]["epoch_seconds"] for model in found["models"]] == [3.0, 1.0]
    assert found["models"][0]["beside_others"]["ms_per_text"] == 0.5
    assert "measured alone" in found["note"]
    costing.costs(experiment.id, as_json=True)
    assert json.loads(capsys.readouterr().out) == found
    assert len(engine.measured) == 2
