"""Predict: all models answer a text; a file comes back with their answers."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from seqcore.datasets.formats import format_labels
from seqcore.export.answers import with_answers
from seqcore.inspections.contracts import ClassProbabilities
from seqcore.store import Store
from seqcore.ui.pages.predict.one_text import agreement, unknown_words
from tests.datasets.formats.test_sheets import book
from tests.pages.conftest import NotingRoom
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment, labelled
from tests.pages.test_data_page import control


def opened(lab: AppTest, experiment_id: str = "") -> AppTest:
    lab.run()
    if experiment_id:
        lab.query_params["experiment"] = experiment_id
    page = lab.switch_page("lab/predict.py").run()
    assert not page.exception
    return page


def words(page: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*page.markdown, *page.caption])


def upload(page: AppTest, name: str, data: bytes) -> AppTest:
    page.file_uploader(key="predict-file").set_value((name, data, "text/plain")).run()
    assert not page.exception
    return page


def test_without_models_there_is_a_button_to_train(lab: AppTest) -> None:
    assert opened(lab).button(key="empty-train-button").label == "Train"


def test_every_finished_model_answers(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, [("rnn", 0), ("lstm", 0), ("bag_of_words", 0)]).id)
    assert not engine.asked
    page.text_area(key="predict-text").set_value("Win a prize").run()
    assert not page.exception
    assert len(engine.asked) == 3
    assert "All 3 models say **ham**." in words(page)


def test_a_hostile_label_is_escaped_in_the_sentence(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, [("rnn", 0)], data=labelled((HOSTILE, "z"))).id)
    page.text_area(key="predict-text").set_value(HOSTILE).run()
    assert not page.exception
    assert not page.error
    assert "<img" not in words(page).replace("\\<img", "")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("texts.txt", b"one, with a comma\ntwo; and \xc2\x85more\n=three"),
        ("texts.csv", b"id,text\n1,one of them\n2,another text\n3,a third one\n"),
        ("texts.jsonl", b'{"text": "one"}\n{"text": "two"}\n{"text": "three"}\n'),
        ("texts.csv", "text\nüber\nñandú\nplain\n".encode("cp1252")),
    ],
)
def test_a_file_of_texts_comes_back_with_answers(
    lab: AppTest, store: Store, engine: AnsweringEngine, name: str, data: bytes
) -> None:
    page = upload(opened(lab, finished_experiment(store, [("rnn", 0), ("lstm", 0)]).id), name, data)
    assert not page.error
    assert page.button(key="predict-all").label == "Predict 3 texts"
    page.button(key="predict-all").click().run()
    assert not page.exception
    assert not page.error
    summary: pd.DataFrame = page.dataframe[0].value
    assert list(summary["Model"]) == ["RNN", "LSTM"]
    assert list(summary["ham"]) == [3, 3]
    assert "Both models agree on 3 of 3 (100.0 %)." in words(page)
    table: pd.DataFrame = page.dataframe[1].value
    assert list(table["RNN"]) == ["ham"] * 3
    assert {"RNN: confidence", "LSTM: p(spam)"} <= set(table)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 50, b"\n\n\n"])
def test_a_file_that_cannot_be_used_is_one_sentence(
    lab: AppTest, store: Store, engine: AnsweringEngine, data: bytes
) -> None:
    page = upload(opened(lab, finished_experiment(store, [("rnn", 0)]).id), "x.txt", data)
    assert len(page.error) == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (["a"], "The model says **a**."),
        (["a", "a"], "Both models say **a**."),
        (["a"] * 3, "All 3 models say **a**."),
        (["a", "b", "a"], "2 of 3 models say **a**; 1 b."),
    ],
)
def test_agreement_in_words(said: list[str], sentence: str) -> None:
    assert agreement(said) == sentence


def test_answers_never_replace_a_column_of_the_file() -> None:
    frame = pd.DataFrame({"text": ["a"], "RNN": ["mine"]})
    answer = ClassProbabilities(classes=("x", "y"), probabilities=[[0.9, 0.1]])
    table = with_answers(frame, ["a"], {"RNN": answer})
    assert list(table["RNN"]) == ["mine"]
    assert list(table["RNN (model)"]) == ["x"]


def test_many_classes_get_no_column_each() -> None:
    answer = ClassProbabilities(classes=tuple(f"c{n}" for n in range(50)), probabilities=[[1 / 50] * 50])
    assert with_answers(pd.DataFrame({"text": ["a"]}), ["a"], {"RNN": answer}).shape == (1, 3)


def test_an_empty_line_keeps_its_place_and_gets_no_answer(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    data = "A first line\nhas a \v tab\nand NEL \x85 here\nand \u2028 in it\n\nsixth after an empty one\n".encode()
    page = upload(opened(lab, finished_experiment(store, [("rnn", 0)]).id), "predict_lines.txt", data)
    assert page.button(key="predict-all").label == "Predict 5 texts"
    page.button(key="predict-all").click().run()
    table: pd.DataFrame = page.dataframe[1].value
    assert len(table) == 6
    assert list(table["RNN"].isna()) == [False] * 4 + [True, False]
    assert table["RNN: note"][4] == "no text"
    assert "1 row has no text and keeps its place." in words(page)


def test_what_is_asked_while_the_engine_starts_is_answered_when_it_has(
    lab: AppTest, store: Store, room: NotingRoom, engine: AnsweringEngine
) -> None:
    page = upload(opened(lab, finished_experiment(store, [("rnn", 0)]).id), "new.txt", b"one text\ntwo texts\n")
    room.is_ready = False
    page.button(key="predict-all").click().run()
    assert "The engine is starting" in page.info[0].value
    room.is_ready = True
    page.run()
    assert not page.exception
    assert len(page.dataframe) == 2
    assert len(engine.asked) == 1


def test_labels_of_the_file_are_scored_however_they_are_spelled(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    experiment = finished_experiment(store, [("rnn", 0)], data=labelled(("0", "1")))
    rows = b"url,text,label\nhttps://example.org/a/long/address,one text,0.0\nhttps://example.org/b,two texts,1\n"
    page = upload(opened(lab, experiment.id), "new.csv", rows + b"https://example.org/c,three,9\n")
    assert [control(page, f"predict-{what}").value for what in ("text", "label")] == ["text", "label"]
    page.button(key="predict-all").click().run()
    assert not page.exception
    assert page.dataframe[0].value["Accuracy"][0] == "50.0 % (1 of 2)"
    assert page.dataframe[1].value.to_numpy().tolist() == [["0", 1, 0], ["1", 1, 0]]
    assert "1 row has a label that no model knows and cannot be scored." in words(page)


def test_a_text_of_no_known_word_is_answered_in_words(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, [("rnn", 0)]).id)
    page.text_area(key="predict-text").set_value("unheard of")
    page.button(key="predict-ask").click().run()
    assert not page.exception
    assert "The model knows none of these words" in words(page)
    assert "The model says" not in words(page)


def test_models_that_know_none_of_the_words_are_named_beside_those_that_know_some() -> None:
    assert unknown_words(["RNN"], others=True) == ":material/help: **RNN** knows none of these words."
    assert "**RNN and CNN**: each knows none" in unknown_words(["RNN", "CNN"], others=True)


def test_the_upload_names_every_format(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, finished_experiment(store, [("rnn", 0)]).id)
    said = page.file_uploader(key="predict-file").help
    assert said == f"Text with one text per line, {format_labels()}."


def test_a_file_is_read_otherwise_with_the_controls_of_the_data_page(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    polish = "".join(f"Film był naprawdę świetny {n}\n" for n in range(12)).encode("iso8859_2")
    page = upload(opened(lab, finished_experiment(store, [("rnn", 0)]).id), "a.txt", polish)
    assert control(page, "predict-encoding").options[0] == "ISO-8859-2 (found)"
    page.button(key="predict-all").click().run()
    assert "naprawdę" in page.dataframe[1].value["text"][0]
    control(page, "predict-encoding").set_value("cp1252").run()
    assert "naprawdê" in page.code[0].value
    assert not page.dataframe  # these are other texts, which nobody has asked about yet
    page.button(key="predict-all").click().run()
    assert "naprawdê" in page.dataframe[1].value["text"][0]
    assert not page.exception


def test_an_encoding_that_does_not_fit_is_answered_and_the_controls_stay(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = upload(opened(lab, finished_experiment(store, [("rnn", 0)]).id), "a.txt", "świetny film\n".encode("cp1250"))
    control(page, "predict-encoding").set_value("utf-8").run()
    assert "is not a character in it" in page.error[0].value
    control(page, "predict-encoding").set_value("found").run()
    assert not page.error


def test_header_and_sheet_are_chosen_and_the_columns_follow(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    notes = [["id", "remark"], *([str(n), f"remark number {n} of them"] for n in range(12))]
    films = [["text", "year"], *([f"film number {n} and more", "1999"] for n in range(12))]
    page = upload(opened(lab, finished_experiment(store, [("rnn", 0)]).id), "a.xlsx", book({"A": films, "B": notes}))
    control(page, "predict-sheet").set_value("B").run()
    assert control(page, "predict-text").value == "remark"
    control(page, "predict-header").set_value(0).run()
    assert page.button(key="predict-all").label == "Predict 13 texts"
    assert control(page, "predict-text").options == ["column 1", "column 2"]
    assert not page.exception and not page.error
