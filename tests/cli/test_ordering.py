"""`word-order`: what each model loses, as the mean of its seeds."""

import json
from contextlib import nullcontext

import pytest

from seqcore.cli import ordering
from seqcore.errors import InspectionError
from seqcore.store import Experiment, Store
from tests.pages.finished import AnsweringEngine, finished_experiment


@pytest.fixture
def engine(store: Store, monkeypatch: pytest.MonkeyPatch) -> AnsweringEngine:
    answering = AnsweringEngine(store)
    monkeypatch.setattr(ordering, "started_engine", lambda *_, **__: nullcontext(answering))
    return answering


@pytest.fixture
def experiment(store: Store) -> Experiment:
    return finished_experiment(store, [("rnn", 0), ("lstm", 0), ("lstm", 1), ("lstm", 2)], skill=0.5)


def test_models_are_told_as_means_of_their_seeds_with_what_the_interval_covers(
    experiment, engine, capsys: pytest.CaptureFixture[str]
) -> None:
    ordering.word_order(experiment.id, 20, as_json=True)
    models = {each["label"]: each for each in json.loads(capsys.readouterr().out)["models"]}
    assert {name: (each["seeds"], len(each["runs"]), each["covers"]) for name, each in models.items()} == {
        "RNN": (1, 1, "texts"),
        "LSTM": (3, 3, "texts and seeds"),
    }
    lstm = models["LSTM"]
    assert (lstm["texts"], lstm["accuracy"], lstm["lost"]) == (20, 0.9, 0.25)
    assert lstm["interval"][0] < 0.25 < lstm["interval"][1]
    assert lstm["sentence"].replace("\xa0", " ").startswith("90.0 % → 65.0 % (mean of 3 seeds, 20 test texts). 25.0")
    assert [request.most for _, _, request in engine.asked] == [20] * 4


def test_for_people_a_table_and_a_sentence_each(experiment, engine, capsys: pytest.CaptureFixture[str]) -> None:
    ordering.word_order(experiment.id, None, as_json=False)
    printed = capsys.readouterr()
    assert "texts and seeds" in printed.out
    assert "LSTM: 90.0\xa0% → 65.0\xa0% (mean of 3 seeds, 20 test texts)." in printed.err


def test_where_none_can_answer_it_says_why(experiment, engine, monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(*_: object) -> None:
        raise InspectionError("The saved model cannot be read")

    monkeypatch.setattr(engine, "ask", ask)
    with pytest.raises(InspectionError, match="None of the models could answer"):
        ordering.word_order(experiment.id, None, as_json=True)
    assert "LSTM, seed 2: The saved model cannot be read" in capsys.readouterr().err
