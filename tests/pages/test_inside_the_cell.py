"""Inside the cell on Look inside: gates over the words, a unit's own line, a word's equations."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened, typed

MODELS = [("lstm", 0), ("bigru", 0), ("transformer", 0)]
TAB = "Inside the cell"


def test_the_gates_of_a_cell_are_offered_and_said_in_words(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id, TAB), "not a good film")
    assert not page.error
    gates = page.segmented_control(key="look-gate-lstm")
    assert gates.options == ["Input gate", "Forget gate", "Candidate", "Output gate", "Cell state", "Hidden state"]
    assert "Input gate of 3 units over 4 words" in words(page)
    assert page.selectbox(key="look-unit").value == 9
    assert "Step 1 of 4" in words(page)


def test_a_unit_has_its_own_line(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id, TAB), "not a good film")
    page.selectbox(key="look-unit").set_value(5).run()
    assert "Unit 5 over 4 words: input gate 1.00 to 1.03" in words(page)
    assert engine.asked[-1][2].units == (5, 9, 4)  # its numbers come first


def test_the_address_brings_the_word(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, TAB, text="not a good film", step="3")
    assert "Step 3 of 4" in words(page)


def test_another_model_and_the_way_it_reads_can_be_chosen(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, TAB)
    page.segmented_control(key="look-cell-run").set_value(1).run()
    page.segmented_control(key="look-cell-way").set_value(1).run()
    assert not page.exception
    assert not page.error
    assert page.button(key="look-cell-left").label == "Next"  # it reads to the left
    assert "Update gate" in words(page)


def test_what_has_no_cell_says_so(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, TAB)
    assert "Transformer has no recurrent cell to open." in words(page)
    assert "Train RNN" in words(opened(lab, finished_experiment(store, MODELS[2:]).id, TAB))


def test_a_long_text_is_drawn_in_part(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS[:1]).id, TAB), "word " * 300)
    assert "over 60 words" in words(page)
    page.slider(key="look-cell-from").set_value(241).run()
    assert "input gate 4.40 to 4.99" in words(page)


@pytest.mark.parametrize("text", [HOSTILE, "!!!", "\u202eabc", "מילה טובה"])
def test_awkward_texts_are_drawn(lab: AppTest, store: Store, engine: AnsweringEngine, text: str) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id, TAB), text)
    assert not page.error
