"""Stepping through attention: on the Attention tab, and in the guide."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from tests.pages.conftest import opened as guide_opened
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened, typed

MODELS = [("lstm_attention", 0), ("transformer", 0), ("rnn", 0)]
TEXT = "not a good film"
GUIDE = "learn/guide.py"


def asked(engine: AnsweringEngine) -> list:
    return [request for name, _, request in engine.asked if name == "attention_step"]


def test_one_goes_forward_and_back_word_by_word(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id), TEXT)
    assert "Word 1 of 4: **not** gets" in words(page)
    assert page.button(key="look-attention-left").disabled
    page.button(key="look-attention-right").click().run()
    assert "Word 2 of 4: **a** gets" in words(page)
    page.button(key="look-attention-left").click().run()
    assert "Word 1 of 4" in words(page)
    page.pills(key="look-attention-step").set_value(3).run()
    assert "Word 4 of 4: **film** gets" in words(page)
    assert len([request for request in asked(engine) if request.text == TEXT]) == 1


def test_the_address_brings_the_word(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, text=TEXT, step="3")
    assert "Word 3 of 4: **good** gets" in words(page)


def test_of_a_transformer_layer_head_and_looking_word_are_chosen(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id), TEXT)
    assert "of the attention of" not in words(page)
    page.segmented_control(key="look-attention-run").set_value(1).run()
    page.segmented_control(key="look-attention-layer").set_value(2).run()
    page.segmented_control(key="look-attention-head").set_value(3).run()
    page.selectbox(key="look-attention-from").set_value(2).run()
    assert not page.exception
    assert "of the attention of **good**." in words(page)
    last = asked(engine)[-1]
    assert (last.layer, last.head, last.step) == (2, 3, 3)
    assert any(r"\sqrt{16}" in each.value for each in page.get("latex"))


def test_a_looking_word_that_the_next_text_lacks_is_forgotten(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS[1:2]).id), TEXT)
    page.selectbox(key="look-attention-from").set_value(3).run()
    typed(page, "shorter")
    assert not page.error
    assert asked(engine)[-1].step == 1


@pytest.mark.parametrize("text", [HOSTILE, "!!!", "😀", "\u202eabc", "word " * 300, "one"])
def test_awkward_texts_are_drawn(lab: AppTest, store: Store, engine: AnsweringEngine, text: str) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS[:2]).id), text)
    page.segmented_control(key="look-attention-run").set_value(1).run()
    assert not page.exception
    assert not page.error


def test_the_guide_steps_through_the_attention_too(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS)
    page = guide_opened(lab, GUIDE, experiment=experiment.id, model="lstm_attention", text=TEXT)
    page.toggle(key="guide-stepping").set_value(True).run()
    assert "the cell reads" in words(page)
    page.segmented_control(key="guide-part").set_value("Its attention").run()
    assert not page.exception
    assert "Word 1 of 4: **not** gets" in words(page)


def test_in_the_guide_a_transformer_has_its_attention_alone(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    experiment = finished_experiment(store, MODELS)
    page = guide_opened(lab, GUIDE, experiment=experiment.id, model="transformer", text=TEXT)
    page.toggle(key="guide-stepping").set_value(True).run()
    assert not page.exception
    assert "of the attention of **not**." in words(page)
