"""What if on Look inside: words changed in place, the answers before and after, what flips them, two texts."""

import csv
import io

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from seqcore.ui.components.answers import ModelAnswer
from seqcore.ui.components.word_editor import MOST_WORDS, Asked, asked_from
from seqcore.ui.pages.look.what_if.before_after import BeforeAfter, answers_csv, points
from seqcore.ui.pages.look.what_if.edited_text import EditedText
from seqcore.ui.pages.look.what_if.tab import editable_words
from tests.pages.conftest import words
from tests.pages.finished import HOSTILE, AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened, typed

MODELS = [("lstm_attention", 0), ("bag_of_words", 0)]
TAB = "What if"
TEXT = "not a good film"


def page_of(lab: AppTest, store: Store, text: str = TEXT, **shown: str) -> AppTest:
    return opened(lab, finished_experiment(store, MODELS).id, TAB, text=text, **shown)


def asked_texts(engine: AnsweringEngine) -> list[tuple[str, ...]]:
    return [request.texts for name, _, request in engine.asked if name == "predict"]


def pressed(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (Asked("remove", 0), "a good film"),
        (Asked("mask", 2), "not a unknownword film"),
        (Asked("swap", 1), "not good a film"),
        (Asked("replace", 2, "bad"), "not a bad film"),
        (Asked("insert", 2, "very"), "not a very good film"),
    ],
)
def test_a_word_is_changed_in_place_and_the_change_undone(asked: Asked, text: str) -> None:
    edit = EditedText(TEXT)
    edit.do(asked)
    assert (edit.now, edit.changed) == (text, True)
    edit.undo()
    assert (edit.now, edit.changed) == (TEXT, False)


def test_a_place_that_is_not_there_any_more_changes_nothing() -> None:
    edit = EditedText("one two")
    for asked in (Asked("remove", 2), Asked("swap", 1)):
        edit.do(asked)
    assert edit.now == "one two"


def test_shuffles_keep_every_word_and_each_is_another() -> None:
    edit = EditedText("a b c d, e f g!")
    for _ in range(3):
        edit.shuffle()
    assert len(set(edit.texts)) == 3
    assert all(sorted(text.replace(",", "").replace("!", "").split()) == list("abcdefg") for text in edit.texts)
    again = EditedText("a b c d, e f g!")
    again.shuffle()
    assert again.now == edit.texts[0]
    edit.reset()
    assert (edit.now, edit.shuffles) == (edit.of, 0)


def test_what_is_new_and_what_is_gone_is_marked() -> None:
    edit = EditedText("not a good film, at all")
    edit.become("a very good film, at")
    drawn, rest, gone = editable_words(edit)
    assert [(each.word, each.new, each.gone) for each in drawn] == [
        ("a", False, ("not",)), ("very", True, ()), ("good", False, ()), ("film", False, ()), ("at", False, ()),
    ]  # fmt: skip
    assert (rest, gone) == ("", ("all",))


def test_of_a_long_text_the_first_words_can_be_pressed_and_the_rest_stays() -> None:
    edit = EditedText("word " * 5_000)
    edit.shuffle()
    drawn, rest, _ = editable_words(edit)
    assert len(drawn) == MOST_WORDS
    assert "".join(each.gap + each.word for each in drawn) + rest == edit.now


def test_of_many_words_that_are_gone_from_one_place_a_few_are_shown() -> None:
    edit = EditedText(" ".join(map(str, range(100))))
    edit.become("0 99")
    drawn, _, _ = editable_words(edit)
    assert drawn[1].gone == (*map(str, range(1, 13)), "… and 86 more")


@pytest.mark.parametrize(
    "act",
    [
        None,
        "remove",
        {},
        {"action": "drop", "place": 0},
        {"action": "remove", "place": 4},
        {"action": "remove", "place": -1},
        {"action": "remove", "place": "0"},
        {"action": "swap", "place": 3},
        {"action": "insert", "place": 0},
        {"action": "replace", "place": 0, "word": " "},
        {"action": "replace", "place": 0, "word": 3},
    ],
)
def test_what_no_editor_sends_is_not_done(act: object) -> None:
    assert asked_from(act, 4) is None


def test_what_is_typed_is_one_line() -> None:
    assert asked_from({"action": "replace", "place": 1, "word": " very\n good "}, 4) == Asked("replace", 1, "very good")


def test_every_model_is_asked_about_the_text_before_and_now(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = page_of(lab, store)
    assert asked_texts(engine) == [(TEXT, TEXT)] * 2
    assert "Change a word" in words(page)
    pressed(page, "look-shuffle")
    before, now = asked_texts(engine)[-1]
    assert before == TEXT and now != TEXT and sorted(now.split()) == sorted(TEXT.split())
    assert "No model says another class now" in words(page)
    assert page.button(key="look-shuffle").label == "Shuffle all again"
    pressed(page, "look-undo")
    assert "Change a word" in words(page)


def edit_in_address(text: str, now: str) -> str:
    import zlib

    return f"{zlib.crc32(text.encode()):x}.{now}"


def test_a_link_brings_the_changed_text(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page_of(lab, store, edit=edit_in_address(TEXT, "a good film"))
    assert asked_texts(engine)[-1] == (TEXT, "a good film")


def test_a_change_of_another_text_is_not_taken(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = page_of(lab, store, edit=edit_in_address("another text", "a good film"))
    assert asked_texts(engine)[-1] == (TEXT, TEXT)
    pressed(page, "look-shuffle")
    typed(page, "another text again")
    assert asked_texts(engine)[-1] == ("another text again",) * 2


def test_what_flips_is_found_by_a_press_and_put_into_the_text_by_another(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = page_of(lab, store)
    assert not any(name == "flips" for name, _, _ in engine.asked)
    pressed(page, "look-flips-find")
    assert page.button(key="look-flip-0-remove").label.startswith("Remove “not” → ")
    table = next(frame.value for frame in page.dataframe if "Flips" in frame.value)
    assert list(table["Flips"]) == ["⇄ yes"] * 2
    pressed(page, "look-flips-further")
    asked = [request.most for name, _, request in engine.asked if name == "flips"]
    assert max(asked) > 4 * min(asked)
    assert not any(button.key == "look-flips-further" for button in page.button)
    pressed(page, "look-flip-0-remove")
    assert asked_texts(engine)[-1] == (TEXT, "a good film")
    assert "before what you changed since" in words(page)


def test_where_nothing_flips_what_moves_most_is_offered(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = pressed(page_of(lab, store, "film"), "look-flips-find")
    assert "0 flip the answer" in words(page)
    assert page.button(key="look-flip-0-remove")
    assert list(next(frame.value for frame in page.dataframe if "Flips" in frame.value)["Flips"]) == ["= no"] * 2


def test_two_texts_have_their_maps_side_by_side(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = page_of(lab, store, beside="text.a bad film")
    assert page.text_area(key="look-two-text").value == "a bad film"
    assert asked_texts(engine)[-1] == (TEXT, "a bad film")
    mapped = {(request.text, request.label) for name, _, request in engine.asked if name == "occlusion"}
    assert {text for text, _ in mapped} == {TEXT, "a bad film"}
    assert len({label for _, label in mapped}) == 1  # of one class, that of the first text
    table = next(frame.value for frame in page.dataframe if "Second text" in frame.value)
    assert list(table["First text"]) == ["not", "a", "good", "–", "film"]
    assert list(table["Second text"]) == ["–", "a", "–", "bad", "film"]


def test_a_test_text_stands_beside(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = page_of(lab, store, beside="row.999999")  # which is none
    row = page.selectbox(key="look-two-row").value
    assert asked_texts(engine)[-1][0] == TEXT
    assert isinstance(row, int)


def test_there_is_no_second_text_yet(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = page_of(lab, store, beside="text.")
    assert "There is no second text yet" in words(page)


@pytest.mark.parametrize(
    "text", [HOSTILE, "!!!", "\u202eabc", "מילה טובה", "word " * 3_000, "e\u0301t 👩\u200d👩\u200d👧", "\x00"]
)
def test_awkward_texts_are_drawn(lab: AppTest, store: Store, engine: AnsweringEngine, text: str) -> None:
    page = typed(page_of(lab, store, beside="changed."), text)
    assert not page.error
    pressed(page, "look-flips-find")
    if not page.button(key="look-shuffle").disabled:
        pressed(page, "look-shuffle")
    assert not page.error


def test_one_model_that_fails_hides_no_other(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    experiment = finished_experiment(store, MODELS)
    engine.broken.add(
        next(run.id for run in store.runs.of("personal", experiment.id) if run.architecture == "lstm_attention")
    )
    page = opened(lab, experiment.id, TAB, text=TEXT)
    assert len(page.error) == 1
    assert len(page.get("html")) > 0


def answer(*shares: float) -> ModelAnswer:
    return ModelAnswer("LSTM", "lstm", ("ham", "spam"), np.array(shares).tolist())


def test_the_difference_is_of_what_was_said_before(store: Store) -> None:
    experiment = finished_experiment(store, MODELS[:1])
    (run,) = store.runs.of("personal", experiment.id)
    both = BeforeAfter(run, answer(0.8, 0.2), answer(0.3, 0.7))
    assert both.flipped
    assert points(both.moved()) == "−50.0 points"
    assert points(both.moved("spam")) == "+50.0 points"
    assert points(-0.0001) == points(0.0) == "±0.0 points"
    rows = list(csv.DictReader(io.StringIO(answers_csv([both], ("=a", "b"), ("before", "after")).decode("utf-8-sig"))))
    assert [(row["which"], row["class"], float(row["probability"])) for row in rows] == [
        ("before", "ham", 0.8), ("before", "spam", 0.2), ("after", "ham", 0.3), ("after", "spam", 0.7),
    ]  # fmt: skip
    assert {row["text"] for row in rows} == {"'=a", "b"}
