"""What an owner deletes is gone for whoever still has the page open: on the page, and behind its buttons."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from seqcore.errors import NotFoundError
from seqcore.inspections.prediction import PREDICT, PredictRequest
from seqcore.lab.delete import delete_run
from seqcore.lab.share import Viewer
from seqcore.store import Run, Store
from seqcore.store.links import new_token
from seqcore.ui.session import cache, file_button, questions, results, still_there
from seqcore.ui.session.kept import shelf
from tests.pages.finished import WORKSPACE, AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened

SOURCES = Path(__file__).resolve().parents[2] / "seqcore" / "ui"
REQUEST = PredictRequest(texts=("a text of the owner",))


@pytest.fixture
def run(store: Store, engine: AnsweringEngine) -> Run:
    experiment = finished_experiment(store, [("lstm_attention", 0), ("rnn", 0)])
    return store.runs.of(WORKSPACE, experiment.id)[0]


def elsewhere(store: Store, run: Run) -> None:
    """Another server, or the command line, deletes it: nobody tells this one."""
    delete_run(store, WORKSPACE, run.id)
    shelf.forget("seqcore.ui.session.still_there._is_there")  # as after its second


@pytest.mark.parametrize(
    "ask",
    [
        lambda run: questions.ask(PREDICT, run.id, REQUEST),
        lambda run: cache.evaluation(run.id),
        lambda run: results.predictions_of(run.id),
    ],
    ids=["answer", "evaluation", "predictions"],
)
def test_what_was_kept_is_not_given_once_the_run_is_gone(
    ask: Callable[[Run], object], store: Store, run: Run, engine: AnsweringEngine
) -> None:
    ask(run)
    elsewhere(store, run)
    asked = len(engine.asked)
    with pytest.raises(NotFoundError, match="deleted"):
        ask(run)
    assert len(engine.asked) == asked


def test_a_data_set_that_was_deleted_is_not_given_from_memory(store: Store, run: Run) -> None:
    experiment = store.experiments.find(run.experiment_id)
    cache.stored_data(WORKSPACE, experiment.dataset_id)
    store.experiments.delete(WORKSPACE, experiment.id)
    store.datasets.delete(WORKSPACE, experiment.dataset_id)
    shelf.forget("seqcore.ui.session.still_there._is_there")
    with pytest.raises(NotFoundError, match="deleted"):
        cache.stored_data(WORKSPACE, experiment.dataset_id)


def test_deleting_an_experiment_here_lets_go_of_its_answers_at_once(store: Store, run: Run) -> None:
    shelf.empty()
    questions.ask(PREDICT, run.id, REQUEST)
    results.predictions_of(run.id)
    with still_there.forgetting_experiments(WORKSPACE, run.experiment_id):
        store.experiments.delete(WORKSPACE, run.experiment_id)
    assert len(shelf) == 0


def test_the_buttons_of_an_open_page_give_no_answers_of_a_deleted_run(
    lab: AppTest, store: Store, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    buttons: dict[str, Any] = {}
    monkeypatch.setattr(
        st, "download_button", lambda label, data, *_rest, **_look: buttons.setdefault(label, data) and False
    )
    opened(lab, run.experiment_id)
    files = {label: make for label, make in buttons.items() if callable(make)}
    assert files
    for make in files.values():
        assert make()
    elsewhere(store, run)
    for label, make in files.items():
        with pytest.raises(NotFoundError):
            pytest.fail(f"{label!r} gave {len(make())} bytes")


def test_a_button_gives_nothing_more_when_the_link_that_showed_its_models_has_ended(store: Store, run: Run) -> None:
    token = new_token()
    store.links.add(WORKSPACE, token, "experiment", run.experiment_id, days=1)
    holder, things = Viewer("somebody else", (token,)), frozenset([("model", run.id)])
    assert file_button._made_of_what_is_there(lambda: b"answers", things, holder) == b"answers"
    (link,) = store.links.opened_by([token])
    store.links.take_back(WORKSPACE, link.id)
    with pytest.raises(NotFoundError, match="not shared with you any more"):
        file_button._made_of_what_is_there(lambda: b"answers", things, holder)


def test_every_file_is_given_by_the_button_that_asks_whether_its_models_are_there() -> None:
    callers = [
        path.name
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "download_button"
    ]
    assert callers == ["file_button.py"]
