"""Models that learn from sounds: they learn, answer questions, and go away in a bundle that says the same."""

import io
import json
import runpy
import zipfile

import numpy as np
import pytest

from seqcore.export.bundle import bundle
from seqcore.inspections import get_inspection
from seqcore.inspections.prediction import PREDICT, PredictRequest
from seqcore.kinds import get_kind
from seqcore.lab.plan import Choices
from seqcore.store import RunState, Store
from seqcore.worker.runtime.finished_model import load_finished
from seqcore.worker.train import train_run
from tests.datasets.sounds.files import sound_file
from tests.kinds.audio.tones import SETTINGS, labelled_tones


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    home = tmp_path_factory.mktemp("sounds")
    return Store(f"sqlite:///{home / 'lab.db'}", str(home / "artifacts"))


@pytest.fixture(scope="module")
def run(store):
    data = labelled_tones()
    chosen = Choices(architectures=("rnn",)).for_kind("audio").with_values(SETTINGS)
    dataset = store.datasets.add("me", data)
    experiment = store.experiments.add("me", dataset.id, chosen.specs(data.content_hash, max_epochs=500))
    (run,) = store.runs.of("me", experiment.id)
    train_run(run.id, store, "here")
    return store.runs.find(run.id)


def test_it_learns(run) -> None:
    assert (run.state, run.message) == (RunState.FINISHED, "")
    assert run.results["test"]["accuracy"] > 0.9


def test_it_is_asked_about_sounds_and_says_of_which_it_heard_nothing(store, run) -> None:
    data, kind = labelled_tones(), get_kind("audio")
    asked = [*data.sounds[:2], type(data.sounds[0])(8000, bytes(1600))]
    request = PredictRequest(texts=tuple(map(kind.to_text, asked)))
    answer = get_inspection(PREDICT).compute(load_finished(store, run.id), request)
    assert answer.predictions[:2] == data.labels[:2]
    assert answer.known == (True, True, False)


def test_its_bundle_says_the_same_with_keras_and_soundfile_alone(store, run, tmp_path, capsys, monkeypatch) -> None:
    archive = zipfile.ZipFile(io.BytesIO(bundle(store, run)))
    assert set(archive.namelist()) == {"model.keras", "frames.json", "run.json", "predict.py", "requirements.txt"}
    archive.extractall(tmp_path)
    assert "seqcore" not in (tmp_path / "predict.py").read_text()
    data = labelled_tones()
    files = []
    for number, sound in enumerate(data.sounds[:6]):
        files.append(tmp_path / f"{number}.wav")
        files[-1].write_bytes(sound.to_wav())
    monkeypatch.setattr("sys.argv", ["predict.py", *map(str, files)])
    script = runpy.run_path(str(tmp_path / "predict.py"), run_name="bundle")
    said = np.concatenate([script["predict"]([script["read"](file)]) for file in files])
    np.testing.assert_allclose(said, load_finished(store, run.id).probabilities(data.sounds[:6]), atol=1e-4)
    script["main"]()
    heading, first, *_ = capsys.readouterr().out.splitlines()
    assert heading.split("\t") == ["class", "high", "low", "file"]
    assert first.split("\t")[0] == "high"


def test_its_bundle_brings_other_files_down_to_what_it_learned_from(store, run, tmp_path) -> None:
    zipfile.ZipFile(io.BytesIO(bundle(store, run))).extractall(tmp_path)
    (tmp_path / "stereo.flac").write_bytes(sound_file("FLAC", rate=44_100, channels=2, seconds=0.2))
    script = runpy.run_path(str(tmp_path / "predict.py"), run_name="bundle")
    samples, rate = script["read"](tmp_path / "stereo.flac")
    assert (rate, len(samples)) == (8000, 1600)
    assert json.loads((tmp_path / "frames.json").read_text())["kept_rate"] == 8000
