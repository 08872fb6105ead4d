"""Look inside at data whose steps are moments."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from seqcore.inspections.attention import AttentionAnswer, AttentionRequest
from seqcore.inspections.contracts import Answer, ScoredStep, StepScores, WeighedStep
from seqcore.inspections.gates import GatesAnswer, GatesOfCell, GatesRequest
from seqcore.inspections.integrated_gradients import IntegratedGradientsRequest, IntegratedScores
from seqcore.inspections.occlusion import OcclusionRequest, OcclusionScores
from seqcore.inspections.reading_along import AlongAnswer, AlongRequest
from seqcore.lab.plan import Choices
from seqcore.store import Run, Store
from tests.kinds.waves import WaveOptions, Waves, labelled_waves
from tests.pages import finished
from tests.pages.conftest import opened, words
from tests.pages.finished import WORKSPACE, AnsweringEngine, finish

DATA = labelled_waves()
TABS = ["What mattered", "Attention", "Reading along", "Inside the cell", "Memory", "Over the test set"]


def answered(run: Run, request: Any, classes: tuple[str, ...], likely: list[float]) -> Answer:
    """What a model would say of a row: a number for each of its moments."""
    steps = Waves().fit(DATA.waves, WaveOptions()).steps(DATA.waves[request.row - 1])
    said = {"text": f"wave of {len(steps)} moments", "classes": classes}
    read = {
        "text": said["text"], "tokens": [step.name for step in steps], "spans": [(s.start, s.end) for s in steps],
        "known": [True] * len(steps),
    }  # fmt: skip
    if isinstance(request, AttentionRequest):
        shares = [WeighedStep(token=s.name, start=s.start, end=s.end, weight=1 / len(steps)) for s in steps]
        return AttentionAnswer(**said, probabilities=likely, kind="tokens", tokens=shares)
    if isinstance(request, AlongRequest):
        rows = np.tile(likely, (len(steps), 1))
        return AlongAnswer(
            **read, classes=classes, probabilities=rows, positions=range(1, len(steps) + 1), steps=len(steps),
            points="states", knows_what_follows=False, whole_text=likely,
        )  # fmt: skip
    if isinstance(request, GatesRequest):
        grid = np.full((len(steps), 2), 0.5, np.float32)
        cell = GatesOfCell(
            layer=1, cell="lstm", direction="forward", units=(0, 1), order=(1, 0), gates={"input": grid, "hidden": grid}
        )
        return GatesAnswer(**read, classes=classes, probabilities=likely, layers=(cell,))
    scores = [ScoredStep(token=s.name, start=s.start, end=s.end, score=-0.5) for s in steps]
    about = said | {"probabilities": likely, "label": request.label or classes[0], "tokens": scores}
    if isinstance(request, OcclusionRequest):
        return OcclusionScores(**about, together=request.window or 1)
    channels = np.zeros((len(steps), 2))
    if isinstance(request, IntegratedGradientsRequest):
        return IntegratedScores(**about, by_channel=channels, sum_of_scores=0, difference_of_logits=0, points=16)
    return StepScores(**about, by_channel=channels)


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
