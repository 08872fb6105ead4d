"""Look inside at a series or a sound of one's own, given as a file."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from seqcore.datasets.labelled_data import LabelledData
from seqcore.inspections.occlusion import OcclusionRequest
from seqcore.kinds import get_kind
from seqcore.lab.plan import Choices
from seqcore.store import Store
from tests.datasets.sounds.files import sound_file, zipped
from tests.kinds.audio.tones import SETTINGS, labelled_tones
from tests.kinds.series.made import as_ts, as_wide_csv, rising_and_falling
from tests.pages import finished
from tests.pages.conftest import opened, words
from tests.pages.finished import WORKSPACE, AnsweringEngine, finish
from tests.pages.moment_answers import answer_about_moments

TABS = ["What mattered", "Attention", "Reading along", "Inside the cell"]
ONE_SERIES = "value\n0.1\n0.4\n0.2\n-0.3\n0.5\n"


@pytest.fixture
def learned(store: Store, engine: AnsweringEngine, monkeypatch: pytest.MonkeyPatch):
    """Gives the experiment of a model that looks trained on data of a kind."""

    def of(data: LabelledData, settings: dict[str, Any] | None = None) -> str:
        chosen = Choices(architectures=("lstm_attention",)).for_kind(data.kind).with_values(settings or {})
        encoder = get_kind(data.kind).fit(data.examples, chosen.input)
        monkeypatch.setattr(
            finished, "answer_about_text", lambda _run, *about: answer_about_moments(data, encoder, *about)
        )
        dataset = store.datasets.add(WORKSPACE, data)
        experiment = store.experiments.add(WORKSPACE, dataset.id, chosen.specs("own", max_epochs=500))
        (run,) = store.runs.of(WORKSPACE, experiment.id)
        finish(store, run, data, skill=2.0)
        store.artifacts.write(run.id, get_kind(data.kind).encoder_file, encoder.to_bytes())
        return experiment.id

    return of


def looking_at_own(lab: AppTest, experiment_id: str, file: tuple[str, bytes], **address: str) -> AppTest:
    page = opened(lab, "lab/attention.py", experiment=experiment_id, **address)
    page.segmented_control(key="look-example").set_value("own").run()
    assert not page.error
    return page.file_uploader(key="look-file").upload(*file).run()


def asked_about(engine: AnsweringEngine) -> Any:
    """The example that the last question carries."""
    _, run_id, request = engine.asked[-1]
    return get_kind(engine.store.runs.find(run_id).spec.input.kind).from_text(request.text)


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_drawn_of_an_uploaded_series(lab: AppTest, learned, engine: AnsweringEngine, tab: str) -> None:
    data = rising_and_falling(40)
    page = looking_at_own(lab, learned(data), ("mine.csv", as_wide_csv(data).encode()), tab=tab)
    page.selectbox(key="look-own-row").select(3).run()
    assert not page.error
    assert all(request.row is None for _, _, request in engine.asked if request.text)
    np.testing.assert_allclose(asked_about(engine), data.series[3], rtol=1e-5)


@pytest.mark.parametrize(
    "content",
    [ONE_SERIES, "time,value\n2,0.4\n1,0.1\n3,0.2\n4,-0.3\n5,0.5\n", "0.1;0.4;0.2;-0.3;0.5\n"],
    ids=["a column", "with times", "a row"],
)
def test_one_series_without_a_label_is_looked_at_at_once(
    lab: AppTest, learned, engine: AnsweringEngine, content: str
) -> None:
    page = looking_at_own(lab, learned(rising_and_falling(40)), ("mine.csv", content.encode()))
    assert not page.error
    assert "Says **falls**" in words(page)
    assert "✓ right" not in words(page)
    np.testing.assert_allclose(asked_about(engine)[:, 0], [0.1, 0.4, 0.2, -0.3, 0.5], rtol=1e-6)


def test_a_label_in_the_file_says_whether_the_answer_is_right(lab: AppTest, learned) -> None:
    data = rising_and_falling(40)
    page = looking_at_own(lab, learned(data), ("mine.csv", as_wide_csv(data).encode()))
    assert "✓ right" in words(page)  # the first series falls, which the answering engine always says
    page.selectbox(key="look-own-row").select(1).run()
    assert "it is **rises**" in words(page)


def test_a_series_of_other_channels_is_refused_in_a_sentence(lab: AppTest, learned) -> None:
    other = as_ts(rising_and_falling(4, 2)).encode()
    page = looking_at_own(lab, learned(rising_and_falling(40)), ("two.ts", other))
    assert "another number of channels" in page.error[0].value


def test_an_uploaded_sound_is_looked_at_and_played(lab: AppTest, learned, engine: AnsweringEngine) -> None:
    page = looking_at_own(lab, learned(labelled_tones(40), SETTINGS), ("mine.wav", sound_file(seconds=0.3)))
    assert not page.error
    assert "Says **high**" in words(page)
    assert len(page.get("audio")) == 1
    assert any(isinstance(request, OcclusionRequest) and request.row is None for _, _, request in engine.asked)
    assert asked_about(engine).seconds == pytest.approx(0.3)


def test_a_sound_of_an_archive_is_chosen_by_its_name(lab: AppTest, learned, engine: AnsweringEngine) -> None:
    files = zipped({"long.wav": sound_file(seconds=0.4), "short.wav": sound_file(seconds=0.2)})
    page = looking_at_own(lab, learned(labelled_tones(40), SETTINGS), ("mine.zip", files))
    page.selectbox(key="look-own-row").select(1).run()
    assert not page.error
    assert asked_about(engine).seconds == pytest.approx(0.2)


def test_what_is_no_sound_is_named(lab: AppTest, learned) -> None:
    page = looking_at_own(lab, learned(labelled_tones(40), SETTINGS), ("notes.wav", b"no sound at all"))
    assert "notes" in page.error[0].value
    assert "This is no sound that can be read" in page.error[0].value


def test_what_was_given_is_still_there_after_another_page(lab: AppTest, learned) -> None:
    page = looking_at_own(lab, learned(rising_and_falling(40)), ("mine.csv", ONE_SERIES.encode()))
    page = opened(page, "lab/compare.py")
    page = opened(page, "lab/attention.py")
    assert "In use: mine.csv" in words(page).replace("\\", "")
    assert "Says **falls**" in words(page)


def test_a_link_to_a_row_looks_at_the_row(lab: AppTest, learned) -> None:
    page = looking_at_own(lab, learned(rising_and_falling(40)), ("mine.csv", ONE_SERIES.encode()))
    page = opened(page, "lab/compare.py")
    page = opened(page, "lab/attention.py", row="3")
    assert page.segmented_control(key="look-example").value == "test"
