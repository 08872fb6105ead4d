"""`costs`: every cost of every model, and who is on which front."""

import json

import pytest

from seqcore.cli import costing
from seqcore.store import Experiment, Store
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
    assert len(found["sentences"]) == 3
    assert "what else the machine did" in found["note"]


def test_costs_for_people_mark_the_front(experiment, capsys: pytest.CaptureFixture[str]) -> None:
    costing.costs(experiment.id, as_json=False)
    printed = capsys.readouterr()
    assert "1,234 *" in printed.out
    assert "Every other is beaten" in printed.err
