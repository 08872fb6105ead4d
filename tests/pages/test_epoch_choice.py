"""After which epoch the models are looked at: chosen, in the address, played; and why some have none."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from seqcore.store.moments import Moments, write_moments
from seqcore.ui.pages.look import epoch_choice
from seqcore.ui.pages.look.epoch_choice import following
from tests.pages.conftest import words
from tests.pages.finished import AnsweringEngine, finished_experiment
from tests.pages.test_attention_page import opened, typed

MODELS = [("lstm_attention", 0), ("transformer", 0), ("bag_of_words", 0)]


def with_moments(store: Store, *epochs: tuple[int, ...], models=MODELS) -> str:
    """An experiment whose first models kept these epochs."""
    experiment = finished_experiment(store, models)
    for run, kept in zip(store.runs.of("personal", experiment.id), epochs, strict=False):
        write_moments(store.artifacts, run.id, Moments(epochs=kept))
    return experiment.id


def asked_after(engine: AnsweringEngine) -> dict[str, set[int | None]]:
    """Epochs by architecture."""
    found: dict[str, set[int | None]] = {}
    for (_, run_id, _), epoch in zip(engine.asked, engine.epochs, strict=True):
        found.setdefault(engine.store.runs.find(run_id).architecture, set()).add(epoch)
    return found


def test_at_first_it_is_the_model_kept(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, with_moments(store, (0, 1, 2), (0, 1, 2)))
    assert page.select_slider(key="look-epoch").options == ["0", "1", "2", "model kept"]
    assert set().union(*asked_after(engine).values()) == {None}


def test_a_chosen_epoch_is_asked_of_every_model_by_its_last_moment_then(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, with_moments(store, (0, 1, 2), (0, 2, 4)))
    engine.asked.clear(), engine.epochs.clear()
    page.select_slider(key="look-epoch").set_value(1).run()
    assert asked_after(engine) == {"lstm_attention": {1}, "transformer": {0}}
    assert "Transformer: after epoch 0, the last one kept by then" in words(page)
    assert "Bag of words: the model kept, as it is fitted at once and has no epochs" in words(page)


@pytest.mark.parametrize(
    ("given", "asked"), [("1", 1), ("3", 2), ("99", 2), ("-1", None), ("x", None), ("", None), ("9" * 5000, None)]
)
def test_the_address_names_the_epoch(lab: AppTest, store: Store, engine, given: str, asked: int | None) -> None:
    opened(lab, with_moments(store, (0, 1, 2), models=MODELS[:1]), epoch=given)
    assert asked_after(engine) == {"lstm_attention": {asked}}


def test_a_second_drag_asks_nobody_again(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, with_moments(store, (0, 1), models=MODELS[:1]))
    for epoch in (0, 1):
        page.select_slider(key="look-epoch").set_value(epoch).run()
    assert {0, 1} <= set(engine.epochs)
    engine.epochs.clear()
    for epoch in (0, 1):
        page.select_slider(key="look-epoch").set_value(epoch).run()
    assert engine.epochs == []


def test_pressing_play_begins_at_the_beginning_and_goes_on_to_the_model_kept(
    lab: AppTest, store: Store, engine: AnsweringEngine
) -> None:
    page = opened(lab, with_moments(store, (0, 2), models=MODELS[:1]))
    page.button(key="look-play").click().run()
    shown = []
    for _ in range(3):
        assert not page.exception
        shown.append((page.select_slider(key="look-epoch").value, page.button(key="look-play").label))
        tick(page)
    assert shown == [(0, "Pause"), (2, "Pause"), (epoch_choice.KEPT, "Play")]


def tick(page: AppTest) -> None:
    """What the browser does when its second is over."""
    choices = page.session_state["look-playing"]
    if choices:
        page.session_state["look-epoch-next"], more = following(choices, page.session_state["look-epoch"])
        page.session_state["look-playing"] = choices if more else None
        page.run()


def test_models_without_moments_say_why_in_a_word(lab: AppTest, store: Store, engine: AnsweringEngine) -> None:
    said = words(opened(lab, with_moments(store)))
    assert "and Transformer kept no weights while training" in said
    assert "Bag of words is fitted at once and has no epochs" in said


def test_another_text_is_read_by_the_models_of_the_same_moment(lab, store: Store, engine: AnsweringEngine) -> None:
    page = opened(lab, with_moments(store, (0, 1), models=MODELS[:1]), epoch="1")
    typed(page, "another text")
    assert engine.epochs[-1] == 1


def test_behind_the_last_moment_there_is_none() -> None:
    assert following([0, 2, -1], 0) == (2, True)
    assert following([0, 2, -1], 2) == (-1, False)
    assert following([0, 2, -1], 7) == (0, True)
