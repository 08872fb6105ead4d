"""Stepping through a sentence on the page How models read."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.store import Store
from seqcore.ui.session import shared
from tests.pages.conftest import opened, words
from tests.pages.finished import AnsweringEngine, finished_experiment
from tests.ui.drawn_cell import WORDS, answer_of


class SteppingEngine(AnsweringEngine):
    """Answers about the numbers of a cell, too."""

    def ask(self, inspection_name, run_id, request, timeout=None, epoch=None):
        self.asked.append((inspection_name, run_id, request))
        run = self.store.runs.find(run_id)
        return answer_of("gru" if "gru" in run.architecture else "lstm", direction=request.direction)


@pytest.fixture
def engine(store: Store, monkeypatch: pytest.MonkeyPatch) -> SteppingEngine:
    answering = SteppingEngine(store)
    monkeypatch.setattr(shared, "get_engine", lambda: answering)
    return answering


def stepping(lab: AppTest, store: Store, architecture: str) -> AppTest:
    experiment = finished_experiment(store, [(architecture, 0)])
    page = opened(lab, "learn/guide.py", experiment=experiment.id, model=architecture, text="not a good film")
    page.toggle(key="guide-stepping").set_value(True).run()
    assert not page.exception
    assert not page.error
    return page


def test_the_model_is_asked_only_when_somebody_wants_it(lab: AppTest, store: Store, engine: SteppingEngine) -> None:
    experiment = finished_experiment(store, [("lstm", 0)])
    opened(lab, "learn/guide.py", experiment=experiment.id, model="lstm")
    assert not engine.asked


def test_one_goes_forward_and_back_word_by_word(lab: AppTest, store: Store, engine: SteppingEngine) -> None:
    page = stepping(lab, store, "lstm")
    assert f"Step 1 of 4: the cell reads **{WORDS[0]}**" in words(page)
    assert page.button(key="guide-cell-left").disabled
    page.button(key="guide-cell-right").click().run()
    assert f"Step 2 of 4: the cell reads **{WORDS[1]}**" in words(page)
    page.button(key="guide-cell-left").click().run()
    assert "Step 1 of 4" in words(page)
    page.pills(key="guide-cell-step").set_value(3).run()
    assert f"Step 4 of 4: the cell reads **{WORDS[3]}**" in words(page)
    assert page.button(key="guide-cell-right").disabled
    assert len(engine.asked) == 1


def test_a_cell_that_reads_backwards_goes_on_to_the_left(lab: AppTest, store: Store, engine: SteppingEngine) -> None:
    page = stepping(lab, store, "bigru")
    page.segmented_control(key="guide-cell-way").set_value("backward").run()
    assert page.button(key="guide-cell-left").label == "Next"


@pytest.mark.parametrize("architecture", ["cnn", "bag_of_words"])
def test_what_has_neither_cell_nor_attention_has_nothing_to_step_through(
    lab: AppTest, store: Store, architecture: str
) -> None:
    experiment = finished_experiment(store, [(architecture, 0)])
    page = opened(lab, "learn/guide.py", experiment=experiment.id, model=architecture)
    assert not page.toggle
