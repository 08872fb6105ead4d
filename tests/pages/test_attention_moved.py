"""Attention weights moved by hand, on Look inside."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from seqcore.inspections import get_inspection
from seqcore.inspections.attention_changed import ChangedAttention
from seqcore.store import Store
from seqcore.ui.components.weight_sliders import usable
from seqcore.ui.pages.look.attention.moved import moved_sentence
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened, typed

MODELS = [("lstm_attention", 0), ("transformer", 0), ("rnn", 0)]
TEXT = "not a good film"


def test_at_first_the_model_is_asked_with_its_own_weights(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id), TEXT)
    (last,) = [request for name, _, request in engine.asked if name == "attention_changed" and request.text == TEXT]
    assert last.weights == (0.25,) * 4
    assert "With its own weights it says **ham** (70.0 %). Move a slider" in words(page).replace("\u00a0", " ")
    assert "when you raise one, all others shrink in proportion" in words(page)
    assert get_inspection("attention_changed").how_not_to_read in words(page)


def test_of_a_transformer_a_layer_and_head_are_chosen(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS[1:])
    (run,) = [run for run in store.runs.of("personal", experiment.id) if run.architecture == "transformer"]
    page = typed(opened(lab, experiment.id), TEXT)
    page.segmented_control(key=f"look-moved-layer-{run.id}").set_value(2).run()
    page.segmented_control(key=f"look-moved-head-{run.id}").set_value(3).run()
    assert not page.exception
    last = [request for name, _, request in engine.asked if name == "attention_changed"][-1]
    assert (last.layer, last.head, last.weights) == (2, 3, (0.25,) * 4)


@pytest.mark.parametrize("text", [HOSTILE, "!!!", "😀", "\u202eabc", "word " * 300, "one"])
def test_awkward_texts_are_drawn(lab: AppTest, store: Store, engine: AnsweringEngine, text: str) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS[:1]).id), text)
    assert not page.exception
    assert not page.error
    assert ("the 120 with the greatest weights can be moved" in words(page)) == text.startswith("word")


def changed(before: list[float], after: list[float]) -> ChangedAttention:
    return ChangedAttention(text=TEXT, classes=("*ham*", "spam"), probabilities=after, before=before, own=(), tokens=())


def test_a_flip_is_said_with_its_points() -> None:
    said = moved_sentence(changed([0.7, 0.3], [0.2, 0.8]), is_moved=True).replace("\u00a0", " ")
    assert said.startswith("**The answer flips** to **spam** (80.0 %).")
    assert "**\\*ham\\*** goes from 70.0 % to 20.0 %, \N{MINUS SIGN}50.0 points." in said


def test_an_answer_that_stays_is_said_too() -> None:
    said = moved_sentence(changed([0.7, 0.3], [0.75, 0.25]), is_moved=True)
    assert said.startswith("**The answer stays.**")
    assert "+5.0 points" in said


@pytest.mark.parametrize(
    "given",
    [None, "0.5", {"a": 1}, [0.5], [0.5, 0.6, 0.1], [-1, 2], [0, 0], ["a", 1], [float("nan"), 1], [float("inf"), 1]],
    ids=str,
)
def test_what_is_no_weights_is_not_used(given: object) -> None:
    assert usable(given, 2) is None


def test_weights_are_used_as_they_were_sent() -> None:
    assert usable([1, 0.5], 2) == [1.0, 0.5]
    np.testing.assert_allclose(usable((0.2, 0.8), 2) or [], [0.2, 0.8])
