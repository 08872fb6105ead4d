"""`train` and `predict` on a folder of sound files."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from seqcore.cli.app import app
from seqcore.cli.loading import GivenData, load_data
from seqcore.errors import DataError, OptionError
from seqcore.settings import get_settings
from tests.datasets.sounds.files import of_two_labels, zipped
from tests.kinds.audio.tones import SETTINGS, labelled_tones


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = labelled_tones(40)
    for number, (sound, label) in enumerate(zip(data.sounds, data.labels, strict=True)):
        place = tmp_path / "tones" / label
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.wav").write_bytes(sound.to_wav())
    (tmp_path / "tones" / "readme.txt").write_text("what this is")
    return tmp_path / "tones"


@pytest.mark.engine
def test_a_folder_is_trained_on_and_a_file_answered(store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEQLAB_INSPECTION_TIMEOUT", "300")  # on a loaded machine a worker takes long to start
    get_settings.cache_clear()
    settings = [part for name, value in SETTINGS.items() for part in ("--set", f"{name}={value}")]
    done = CliRunner().invoke(app, ["train", str(folder), "--architectures", "rnn", *settings, "--json"])
    assert done.exit_code == 0, done.output
    (run,) = json.loads(done.stdout)["runs"]
    assert run["test"]["accuracy"] > 0.8
    table = folder / "answers.csv"
    files = [str(folder / "high" / "0.wav"), str(folder / "low" / "1.wav")]
    done = CliRunner().invoke(app, ["predict", run["run"], *files, "--output", str(table), "--json"])
    assert done.exit_code == 0, done.output
    answers = json.loads(done.stdout)["predictions"]
    assert [each["label"] for each in answers] == ["high", "low"]
    assert table.read_text(encoding="utf-8-sig").splitlines()[0] == "file,seconds,label,note,p(high),p(low)"
    refused = CliRunner().invoke(app, ["predict", run["run"], str(folder / "readme.txt")])
    assert isinstance(refused.exception, DataError)
    assert "readme.txt: This is no sound that can be read" in str(refused.exception)


def test_an_archive_is_read_as_sounds_by_the_names_in_it(store, tmp_path: Path) -> None:
    archive = tmp_path / "sounds.zip"
    archive.write_bytes(zipped(of_two_labels()))
    data = load_data(GivenData((archive,)))
    assert (data.kind, data.name, data.classes) == ("audio", "sounds.zip", ("no", "yes"))


def test_an_empty_folder_is_refused_with_what_to_give(store, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(DataError, match="a folder of sound files for each label"):
        load_data(GivenData((tmp_path / "nothing",)))


def test_a_sample_is_given_by_name_and_without_a_file() -> None:
    assert load_data(GivenData((), sample="sounds")).kind == "audio"
    with pytest.raises(OptionError, match="--sample and a file"):
        load_data(GivenData((Path("a.csv"),), sample="sounds"))


def test_labels_that_look_alike_are_merged_when_that_is_wanted(folder: Path) -> None:
    place = folder / "High"
    place.mkdir()
    (folder / "high" / "0.wav").rename(place / "0.wav")
    assert len(load_data(GivenData([folder])).classes) == 3
    assert load_data(GivenData([folder], merge_labels=True)).classes == ("high", "low")
