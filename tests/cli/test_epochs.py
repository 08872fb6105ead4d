"""`inspect ... --epoch`: a model as it was, and what is said of an epoch that was not kept."""

import json
from contextlib import nullcontext

import pytest

from seqcore.cli import inspecting
from seqcore.errors import InspectionError
from seqcore.store import Run, Store
from seqcore.store.moments import Moments, write_moments
from tests.pages.finished import AnsweringEngine, finished_experiment


@pytest.fixture
def engine(store: Store, monkeypatch: pytest.MonkeyPatch) -> AnsweringEngine:
    answering = AnsweringEngine(store)
    monkeypatch.setattr(inspecting, "started_engine", lambda *_, **__: nullcontext(answering))
    return answering


@pytest.fixture
def run(store: Store) -> Run:
    experiment = finished_experiment(store, [("lstm", 0)])
    (run,) = store.runs.of("personal", experiment.id)
    write_moments(store.artifacts, run.id, Moments(epochs=(0, 2, 4)))
    return run


def test_the_model_of_that_epoch_is_asked_and_the_answer_says_which(run, engine, capsys) -> None:
    inspecting.inspect("predict", run.id, ["a text"], {}, {}, epoch=2, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert (found["epoch"], engine.epochs) == (2, [2])


def test_without_an_epoch_it_is_the_model_that_was_kept(run, engine, capsys) -> None:
    inspecting.inspect("predict", run.id, ["a text"], {}, {}, epoch=None, as_json=True)
    assert "epoch" not in json.loads(capsys.readouterr().out)
    assert engine.epochs == [None]


@pytest.mark.parametrize("epoch", [1, -1, 10**9])
def test_an_epoch_that_was_not_kept_is_refused_with_those_that_were(run, engine, epoch: int) -> None:
    with pytest.raises(InspectionError, match=rf"Got {epoch}\. Those after 0, 2, 4 were"):
        inspecting.inspect("predict", run.id, ["a text"], {}, {}, epoch=epoch, as_json=True)
    assert engine.asked == []


def test_a_run_that_kept_none_says_so(store, engine) -> None:
    (run,) = store.runs.of("personal", finished_experiment(store, [("lstm", 0)]).id)
    with pytest.raises(InspectionError, match="LSTM kept no weights while training"):
        inspecting.inspect("predict", run.id, ["a text"], {}, {}, epoch=0, as_json=True)
