"""Look inside: a typed text, a test text, what is in the address; attention: layers and heads, who has none."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.errors import EngineError
from seqcore.inspections import get_inspection
from seqcore.store import Store
from seqcore.ui.pages.look.attention.step_weights import look_at
from seqcore.ui.pages.look.downloads import weights_table
from seqcore.ui.pages.look.room import Room
from seqcore.ui.session import results
from tests.pages.conftest import NotingRoom, words
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment, labelled

MODELS = [("lstm_attention", 0), ("transformer", 0), ("rnn", 0)]


def opened(lab: AppTest, experiment_id: str = "", tab: str = "Attention", **shown: str) -> AppTest:
    lab.run()
    lab.query_params.update({"tab": tab, **shown})
    if experiment_id:
        lab.query_params["experiment"] = experiment_id
    page = lab.switch_page("lab/attention.py").run()
    assert not page.exception
    return page


def typed(page: AppTest, text: str) -> AppTest:
    page.text_area(key="look-text").set_value(text).run()
    assert not page.exception
    return page


def heatmaps(page: AppTest) -> int:
    return sum(element.type == "bidi_component" for element in page.main)


def test_without_attention_there_is_a_button_to_train(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, [("rnn", 0)]).id)
    assert "No model with attention" in words(page)
    button = page.button(key="empty-train-button")
    assert button.label == "Train LSTM + attention"
    button.click().run()
    form = page.switch_page("lab/train.py").run()
    assert not form.exception
    assert form.checkbox(key="use-lstm_attention").value is True
    assert form.checkbox(key="use-rnn").value is False
    assert form.button(key="train")


def test_only_models_with_attention_are_asked(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS).id)
    assert not page.error
    assert {store.runs.find(run_id).architecture for _, run_id, _ in engine.asked} == {"lstm_attention", "transformer"}
    assert "Top tokens" in words(page)
    assert "Token by token: Transformer" in words(page)


def test_sentences_have_a_heatmap_of_their_own_and_no_weights_to_move(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, finished_experiment(store, [("hierarchical_attention", 0)]).id)
    assert not page.error
    assert "its weight within its sentence times the weight of that sentence" in words(page)
    assert "What if it looked elsewhere?" not in words(page)


def test_models_that_cannot_be_asked_are_named_with_their_reason(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    experiment = finished_experiment(store, [*MODELS, ("gru", 0), ("rnn", 1)])
    every = ",".join(run.id for run in store.runs.of("personal", experiment.id))
    page = opened(lab, experiment.id, models=every)
    assert "RNN and GRU: each has no attention to show." in words(page)


@pytest.mark.parametrize("tab", ["Reading along", "Inside the cell", "Attention", "What if"])
def test_an_address_with_numbers_of_thousands_of_digits_opens_the_page(
    lab: AppTest, store: Store, engine: AnsweringEngine, tab: str
) -> None:
    experiment, huge = finished_experiment(store, MODELS), "9" * 5000
    page = opened(lab, experiment.id, tab, row=huge, step=huge, epoch=huge, beside=f"row.{huge}")
    assert not page.error


def test_where_none_that_is_shown_can_be_asked_one_that_can_is_a_press_away(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    experiment = finished_experiment(store, [("rnn", 0), ("lstm_attention", 0)])
    rnn = next(run for run in store.runs.of("personal", experiment.id) if run.architecture == "rnn")
    page = opened(lab, experiment.id, models=rnn.id)
    assert not engine.asked
    (press,) = [button for button in page.button if button.label.startswith("Look at")]
    assert press.label == "Look at LSTM \\+ attention too"
    press.click().run()
    assert engine.asked
    assert "Top tokens" in words(page)


def test_where_nobody_can_be_asked_it_is_said_of_whom_and_why(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    said = words(opened(lab, finished_experiment(store, [("rnn", 0)]).id))
    assert "RNN has no attention to show." in said
    assert "Train LSTM + attention, BiLSTM + attention, Transformer, Hierarchical attention" in said


def test_the_page_says_how_to_read_the_weights_and_how_not_to(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    said = words(opened(lab, finished_experiment(store, MODELS[:1]).id))
    inspection = get_inspection("attention")
    assert inspection.how_to_read in said
    assert inspection.how_not_to_read in said


def test_the_same_text_is_asked_once(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, MODELS[:1]).id)
    typed(page, "A text of mine")
    typed(page, "Another one")
    asked = len(engine.asked)
    typed(page, "A text of mine")
    assert len(engine.asked) == asked


def test_a_layer_and_head_can_be_chosen(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, [("transformer", 0)]).id)
    labels = [control.label for control in page.segmented_control]
    assert any(label.startswith("Layer of") for label in labels)
    head = next(control for control in page.segmented_control if control.label.startswith("Head of"))
    head.set_value(2).run()
    assert not page.exception


@pytest.mark.parametrize("text", [HOSTILE, "!!!", "😀", "\u202eabc", "x" * 5_000, "a\n\nb"])
def test_awkward_texts_are_drawn(lab: AppTest, store: Store, engine: AnsweringEngine, text: str) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS, data=labelled((HOSTILE, "b"))).id), text)
    assert not page.error


def test_an_empty_text_asks_for_one(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS).id), "  ")
    assert "Type a text" in words(page)


def test_a_model_that_cannot_answer_says_why_and_the_page_goes_on(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = typed(opened(lab, finished_experiment(store, MODELS[:1]).id), "fail please")
    assert "cannot be read" in page.error[0].value


def test_a_test_text_is_found_by_its_class_and_by_what_the_model_makes_of_it(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    experiment = finished_experiment(store, MODELS[:1], skill=0.5)
    (run,) = store.runs.of("personal", experiment.id)
    page = opened(lab, experiment.id)
    page.segmented_control(key="look-source").set_value("A test text").run()
    page.selectbox(key="look-class").set_value("spam").run()
    page.segmented_control(key="look-right").set_value("Wrong").run()
    page.selectbox(key="look-order").set_value("Surest first").run()
    assert not page.exception
    found, texts = results.predictions_of(run.id), results.texts(experiment)
    wrong = [place for place in range(len(found.rows)) if not found.right[place] and found.labels[place] == 1]
    surest = max(wrong, key=lambda place: found.confidence[place])
    assert page.selectbox(key="look-row").options[0].startswith(f"{found.rows[surest] + 1}:")
    assert len(page.selectbox(key="look-row").options) == len(wrong)
    assert texts[int(found.rows[surest])]


@pytest.mark.parametrize("tab", ["Attention", "What mattered"])
def test_the_address_brings_the_row_and_the_tab(lab: AppTest, store: Store, engine: AnsweringEngine, tab: str) -> None:
    experiment = finished_experiment(store, MODELS[:1])
    (run,) = store.runs.of("personal", experiment.id)
    row = int(results.predictions_of(run.id).rows[3])
    page = opened(lab, experiment.id, tab, row=str(row + 1))
    assert page.selectbox(key="look-row").value == row
    assert page.segmented_control(key="look-tab").value == tab


def test_a_test_text_is_found_by_a_word_and_shown_with_its_label(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, finished_experiment(store, MODELS[:1]).id)
    page.segmented_control(key="look-source").set_value("A test text").run()
    page.text_input(key="look-word").set_value("HELLO").run()
    assert not page.exception
    assert all("hello" in option for option in page.selectbox(key="look-row").options)
    page.text_input(key="look-word").set_value("no such word").run()
    assert "No test text matches" in words(page)


def test_while_the_engine_starts_the_page_says_so(
    lab: AppTest, store: Store, room: NotingRoom, engine: AnsweringEngine
) -> None:
    room.is_ready = False
    page = opened(lab, finished_experiment(store, MODELS).id)
    assert "engine is starting" in page.info[0].value


def test_an_engine_that_did_not_start_is_one_calm_sentence(lab: AppTest, store: Store, room: NotingRoom) -> None:
    room.failure = EngineError("The training engine did not start", remedy="Restart the app")
    page = opened(lab, finished_experiment(store, MODELS).id)
    assert "did not start" in page.error[0].value


def test_the_csv_holds_every_weight_of_every_model(store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS[:1])
    (run,) = store.runs.of("personal", experiment.id)
    text = "not bad, =1+1"
    room = Room(experiment, [run], [run], [run], {run.id: "LSTM"}, text, "ham")
    look = look_at(room, get_inspection("attention"), run)
    table = weights_table([look, look])
    assert len(table) == 8
    assert table["weight"].sum() == pytest.approx(2)
    assert [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == list(table["token"])
