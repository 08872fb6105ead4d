"""Reading along on Look inside: every model after each word."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened, typed

MODELS = [("lstm", 0), ("bilstm", 0), ("bag_of_words", 0)]
TAB = "Reading along"


def test_it_is_said_where_each_model_changes_its_mind(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id, TAB), "not a good film")
    said = words(page)
    assert "**LSTM** changes its mind at token 4 (film) to ham; it ends with ham" in said
    assert "**BiLSTM** changes" in said
    assert said.count("reads both ways, so its first point knows what follows") == 1
    assert {name for name, _, _ in engine.asked[-3:]} == {"reading_along"}


def test_the_table_says_the_same_as_the_picture(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id, TAB), "not a good film")
    table = page.dataframe[0].value
    assert list(table["Word"]) == ["not", "a", "good", "film"]
    assert list(table["LSTM"]) == ["30.0 %"] * 3 + ["70.0 %"]


@pytest.mark.parametrize("text", [HOSTILE, "!!!", "\u202eabc", "מילה טובה", "word " * 3_000])
def test_awkward_texts_are_drawn(lab: AppTest, store: Store, engine: AnsweringEngine, text: str) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id, TAB), text)
    assert not page.error


def test_of_a_text_without_a_word_there_is_nothing_to_read_along(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    assert "nothing to read along" in words(typed(opened(lab, finished_experiment(store, MODELS).id, TAB), "!!!"))


def test_one_model_that_fails_hides_no_other(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS)
    engine.broken.add(next(run.id for run in store.runs.of("personal", experiment.id) if run.architecture == "lstm"))
    page = opened(lab, experiment.id, TAB)
    assert len(page.error) == 1
    assert "**BiLSTM** changes" in words(page)
