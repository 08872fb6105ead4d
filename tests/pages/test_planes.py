"""Words and texts on Look inside: points with rows to choose from, and the neighbours of a word."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.inspections.text_plane import TextPlaneRequest
from seqcore.inspections.word_plane import WordPlaneRequest
from seqcore.store import Store
from seqcore.ui.pages.look.plane.points import of_texts, of_words
from seqcore.ui.session import results
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment
from tests.pages.plane_answers import TEXTS, WORDS, answer_about_vectors
from tests.pages.test_attention_page import opened, typed

TAB = "Words and texts"
MODELS = [("lstm", 0), ("cnn", 0), ("bag_of_words", 0)]


def pressed(page: AppTest, label: str, number: int = 0) -> AppTest:
    [button for button in page.button if button.label == label][number].click().run()
    assert not page.exception
    return page


def test_test_texts_are_points_and_rows_by_pca_at_once(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id, TAB), "not a good film")
    asked = engine.asked[-1][2]
    assert (asked.text, asked.method, asked.most) == ("not a good film", "pca", 500)
    said = words(page).replace("\\", "")
    assert "PCA shows 75.0\N{NO-BREAK SPACE}% of the variance of their 32 numbers" in said
    assert "10 of 24 test texts, drawn at random" in said
    assert f"All {TEXTS} test texts" in said
    assert "taken for spam, it is ham" in said
    assert "Bag of words adds the weights of a text's words straight up" in said


def test_one_model_at_a_time_can_be_chosen(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, TAB)
    before = {run_id for _, run_id, _ in engine.asked}
    page.segmented_control(key="look-plane-run").set_value(1).run()
    assert len({run_id for _, run_id, _ in engine.asked} - before) == 1


def test_t_sne_is_asked_for_when_it_is_wanted(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, TAB)
    assert {request.method for _, _, request in engine.asked} == {"pca"}
    page.segmented_control(key="look-plane-method").set_value(1).run()
    assert engine.asked[-1][2].method == "tsne"
    assert "Laid out by t-SNE with a perplexity of 3." in words(page).replace("\\", "")


def test_a_click_at_a_row_looks_at_its_text(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS)
    page = pressed(opened(lab, experiment.id, TAB), "Look at it", 2)
    run = store.runs.of("personal", experiment.id)[0]
    row = int(results.predictions_of(run.id).rows[2])
    assert page.selectbox(key="look-row").value == row
    assert engine.asked[-1][2].text == results.texts(experiment)[row]


def test_rows_are_found_by_a_word_and_turned_page_by_page(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id, TAB)
    assert len([button for button in page.button if button.label == "Look at it"]) == 6
    page.text_input(key="look-plane-find").set_value("no such word").run()
    assert not [button for button in page.button if button.label == "Look at it"]
    assert "0 with that in it" in words(page)


def test_encircled_points_are_the_rows_till_all_are_wanted(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS[:1])
    page = opened(lab, experiment.id, TAB)
    (run,) = store.runs.of("personal", experiment.id)
    page.session_state["look-plane-chosen"] = (f"{run.id}-text_plane-pca-500", [3, 4])
    page.run()
    assert "2 points chosen" in words(page)
    assert len([button for button in page.button if button.label == "Look at it"]) == 2
    assert f"All {TEXTS} test texts" in words(pressed(page, "Show all"))


def test_what_was_encircled_in_one_picture_is_nothing_in_another(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, finished_experiment(store, MODELS[:1]).id, TAB)
    page.session_state["look-plane-chosen"] = ("another picture", [3, 4, 99])
    page.run()
    assert f"All {TEXTS} test texts" in words(page)


def of_the_words(page: AppTest) -> AppTest:
    page.segmented_control(key="look-plane-what").set_value(1).run()
    assert not page.exception
    return page


def test_words_say_which_class_they_stand_for(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = of_the_words(opened(lab, finished_experiment(store, MODELS).id, TAB))
    said = words(page)
    assert f"All {WORDS} words" in said
    assert "9 of 50 known words, those in most of 24 test texts" in said
    assert "stands for spam by 2.5 standard errors" in said and "stands for no class" in said
    assert "gives each word a weight for each class and no vector" in said


def test_neighbours_of_a_word_now_and_at_epoch_0(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = of_the_words(opened(lab, finished_experiment(store, MODELS).id, TAB))
    pressed(page, "Neighbours", 1)
    assert page.text_input(key="look-neighbours-of").value == "word1"
    now, first = (list(table.value["Word"]) for table in page.dataframe)
    assert (now, first) == (["near0", "near1", "near2"], ["near2", "near1", "near0"])
    assert list(page.dataframe[0].value["At epoch 0"]) == ["\N{MINUS SIGN}0.10"] * 3


def test_an_unknown_word_brings_known_ones_to_press(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = of_the_words(opened(lab, finished_experiment(store, MODELS).id, TAB))
    page.text_input(key="look-neighbours-of").set_value("unheard").run()
    assert "does not know “unheard”" in words(page)
    assert not page.dataframe
    assert page.text_input(key="look-neighbours-of").value == "unheard"
    pressed(page, "heard")
    assert page.text_input(key="look-neighbours-of").value == "heard"
    assert len(page.dataframe) == 2


def test_a_bag_of_words_alone_offers_what_to_train(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, [("bag_of_words", 0)]).id, TAB)
    assert not [name for name, _, _ in engine.asked if name == "text_plane"]
    assert any(button.label.startswith("Train ") for button in page.button)


def test_a_model_that_cannot_be_read_is_a_sentence(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS[:1])
    engine.broken.update(run.id for run in store.runs.of("personal", experiment.id))
    page = opened(lab, experiment.id, TAB)
    assert "The saved model cannot be read" in words(page)


@pytest.mark.parametrize("text", [HOSTILE, "!!!", "\u202eabc", "מילה טובה", "🎬"])
def test_awkward_texts_are_drawn(lab: AppTest, store: Store, engine: AnsweringEngine, text: str) -> None:
    assert not typed(opened(lab, finished_experiment(store, MODELS[:1]).id, TAB), text).error


def test_the_points_can_be_taken_home_with_ones_own_text() -> None:
    answer = answer_about_vectors(TextPlaneRequest(text="=1+1"), ("ham", "spam"))
    lines = of_texts(answer, [f"whole text {n}" for n in range(TEXTS)], range(TEXTS), "=1+1").csv().decode("utf-8-sig")
    rows = lines.splitlines()
    assert rows[0] == "row,x,y,class,answer,text"
    assert rows[1] == "1,0.0,0.0,ham,spam,whole text 0"
    assert rows[-1].endswith("ham,'=1+1")  # no spreadsheet computes it
    words_file = of_words(answer_about_vectors(WordPlaneRequest(), ("ham", "spam"))).csv().decode("utf-8-sig")
    assert words_file.splitlines()[2] == "word1,1.0,-1.0,19,spam,2.5"
