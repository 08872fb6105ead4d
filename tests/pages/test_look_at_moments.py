"""Look inside at data whose steps are moments."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.inspections.contracts import Answer
from seqcore.inspections.occlusion import OcclusionRequest
from seqcore.lab.plan import Choices
from seqcore.store import Run, Store
from tests.kinds.waves import WaveOptions, Waves, labelled_waves
from tests.pages import finished
from tests.pages.conftest import opened, words
from tests.pages.finished import WORKSPACE, AnsweringEngine, finish
from tests.pages.moment_answers import answer_about_moments

DATA = labelled_waves()
TABS = ["What mattered", "Attention", "Reading along", "Inside the cell", "Memory", "Over the test set"]


def answered(_run: Run, request: Any, classes: tuple[str, ...], likely: list[float]) -> Answer:
    return answer_about_moments(DATA, Waves().fit(DATA.waves, WaveOptions()), request, classes, likely)


@pytest.fixture
def experiment_id(store: Store, engine: AnsweringEngine, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(finished, "answer_about_text", answered)
    dataset_id = store.datasets.add(WORKSPACE, DATA).id
    chosen = Choices(architectures=("lstm", "lstm_attention")).for_kind("waves")
    experiment = store.experiments.add(WORKSPACE, dataset_id, chosen.specs("waves", max_epochs=500))
    for number, run in enumerate(store.runs.of(WORKSPACE, experiment.id)):
        finish(store, run, DATA, skill=2.0 + number)
        store.artifacts.write(run.id, Waves.encoder_file, Waves().fit(DATA.waves, WaveOptions()).to_bytes())
    return experiment.id


def test_only_tabs_that_make_sense_of_moments_are_there(lab: AppTest, experiment_id: str) -> None:
    page = opened(lab, "lab/attention.py", experiment=experiment_id)
    (tabs,) = [each for each in page.get("button_group") if each.key == "look-tab"]
    assert tabs.options == TABS
    assert not page.text_area


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_drawn_of_a_row(lab: AppTest, experiment_id: str, engine: AnsweringEngine, tab: str) -> None:
    page = opened(lab, "lab/attention.py", experiment=experiment_id, tab=tab, row="3")
    assert not page.error
    assert "word" not in "\n".join(str(each.value) for each in page.markdown)
    rows = {request.row for name, _, request in engine.asked if hasattr(request, "row")}
    assert len(rows) <= 1


def test_what_mattered_names_the_answer_and_whether_it_is_right(lab: AppTest, experiment_id: str) -> None:
    page = opened(lab, "lab/attention.py", experiment=experiment_id)
    assert "Says **falls** (70.0" in words(page)
    assert "right" in words(page) or "wrong" in words(page)


def test_the_window_that_is_left_out_is_asked_for(lab: AppTest, experiment_id: str, engine: AnsweringEngine) -> None:
    page = opened(lab, "lab/attention.py", experiment=experiment_id)
    page.number_input(key="look-window").set_value(4).run()
    assert not page.error
    assert "4 neighbouring moments are left out at once." in words(page)
    assert {request.window for _, _, request in engine.asked if isinstance(request, OcclusionRequest)} == {0, 4}


def test_a_row_is_found_by_its_class(lab: AppTest, experiment_id: str) -> None:
    page = opened(lab, "lab/attention.py", experiment=experiment_id)
    page.selectbox(key="look-class").select("rises").run()
    assert not page.error
    assert DATA.labels[page.selectbox(key="look-row").value] == "rises"
