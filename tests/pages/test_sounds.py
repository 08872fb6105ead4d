"""The pages with sounds: a sample by one press, files with labels, files to be answered."""

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.kinds import get_kind
from seqcore.lab.plan import Choices
from seqcore.store import Store
from tests.datasets.sounds.files import of_two_labels, sound_file, zipped
from tests.kinds.audio.tones import SETTINGS, labelled_tones
from tests.pages.conftest import opened, words
from tests.pages.finished import WORKSPACE, AnsweringEngine, finish


@pytest.fixture
def experiment_id(store: Store) -> str:
    data = labelled_tones(40)
    chosen = Choices(architectures=("rnn", "lstm")).for_kind("audio").with_values(SETTINGS)
    dataset = store.datasets.add(WORKSPACE, data)
    experiment = store.experiments.add(WORKSPACE, dataset.id, chosen.specs("tones", max_epochs=500))
    saved = get_kind("audio").fit(data.sounds, chosen.input).to_bytes()
    for run in store.runs.of(WORKSPACE, experiment.id):
        finish(store, run, data, skill=2.0)
        store.artifacts.write(run.id, "frames.json", saved)
    return experiment.id


def test_the_sample_of_sounds_is_one_press(lab: AppTest) -> None:
    page = opened(lab, "lab/data.py")
    page.segmented_control(key="data-sample").set_value("sounds").run()
    assert not page.exception
    assert not page.error
    assert page.metric[0].label == "Sounds"
    assert "A frame every 10 ms, of 25 ms" in words(page)
    assert "It is loudest at" in words(page)
    page.segmented_control(key="data-sample").set_value("reviews").run()
    assert page.metric[0].label == "Texts"


def test_an_archive_of_sounds_is_read_and_what_was_left_out_is_said(lab: AppTest) -> None:
    page = opened(lab, "lab/data.py")
    page.segmented_control(key="data-source").set_value("upload").run()
    files = of_two_labels(12) | {"all/yes/broken.wav": b"RIFF, and nothing more"}
    page.file_uploader(key="data-file").set_value([("sounds.zip", zipped(files), "application/zip")]).run()
    assert not page.exception
    assert not page.error
    assert page.metric[0].value == "24"
    said = words(page).replace("\\", "")
    assert "Each file is a sound, and its folder is its label" in said
    assert "this is no sound that can be read" in said


def test_one_class_of_sounds_is_refused_in_a_sentence(lab: AppTest) -> None:
    page = opened(lab, "lab/data.py")
    page.segmented_control(key="data-source").set_value("upload").run()
    only = zipped({"a/1.wav": sound_file(), "a/2.wav": sound_file(seed=1)})
    page.file_uploader(key="data-file").set_value([("sounds.zip", only, "application/zip")]).run()
    assert not page.exception
    assert "No folder says the label of the sounds" in page.error[0].value


def test_sounds_are_answered_by_every_model_and_go_into_a_table(
    lab: AppTest, engine: AnsweringEngine, experiment_id: str
) -> None:
    page = opened(lab, "lab/predict.py", experiment=experiment_id)
    files = [("one.wav", sound_file(seconds=0.2), "audio/wav"), ("two.flac", sound_file("FLAC"), "audio/flac")]
    page.file_uploader(key="predict-sounds").set_value(files).run()
    assert not page.exception
    assert not page.error
    table = page.dataframe[0].value
    assert list(table["file"]) == ["one.wav", "two.flac"]
    assert list(table["RNN"]) == ["high", "high"]
    assert "Both models say **high**." in words(page)


def test_what_is_no_sound_is_named(lab: AppTest, engine: AnsweringEngine, experiment_id: str) -> None:
    page = opened(lab, "lab/predict.py", experiment=experiment_id)
    page.file_uploader(key="predict-sounds").set_value([("notes.wav", b"no sound at all", "audio/wav")]).run()
    assert not page.exception
    said = page.error[0].value.replace("\\", "").replace("\u2060", "")
    assert said.startswith("notes.wav: This is no sound that can be read")


@pytest.mark.parametrize("name", ["compare", "runs", "train"])
def test_the_other_pages_open_without_an_error(lab: AppTest, experiment_id: str, name: str) -> None:
    page = opened(lab, f"lab/{name}.py", experiment=experiment_id)
    assert not page.error
