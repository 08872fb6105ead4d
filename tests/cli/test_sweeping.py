"""`sweep` with an engine that trains in no time."""

import contextlib
import json
import subprocess
import sys

import pytest

from seqcore.cli import beginning, sweeping
from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import OptionError, SeqlabError
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.driver import SweepDriver
from seqcore.settings import get_settings
from seqcore.store import Store
from tests.instant_training import TrainingEngine
from tests.pretrained_files import put_folder

TEXTS = tuple(f"text number {number}" for number in range(60))
DATA = LabelledText("reviews.csv", TEXTS, tuple("10" * 30), None, ())
BASE = Choices(architectures=("lstm",)).with_values({"lstm.units": 50, "learning_rate": 0.0001})  # the best there is


@pytest.fixture
def store(tmp_path, monkeypatch):
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))
    monkeypatch.setattr(sweeping, "open_store", lambda settings: store)
    monkeypatch.setattr(sweeping, "POLL_SECONDS", 0)
    yield store
    store.close()


def sweep(store, monkeypatch, *, base=BASE, engine=None, as_json=True, **own):
    used = engine or TrainingEngine(store)
    monkeypatch.setattr(sweeping, "started_engine", lambda settings: contextlib.nullcontext(used))
    asked = {"ticked": ("units", "learning_rate"), "trials": 4, "seed": 100, "seeds": (0, 1, 2)}
    wanted = sweeping.Wanted(**asked | {"measure": "loss", "prune": True} | own)
    sweeping.sweep(DATA, base, wanted, None, as_json=as_json)


def test_json_has_every_trial_by_its_validation_and_nothing_of_the_test(store, monkeypatch, capsys):
    sweep(store, monkeypatch)
    said = json.loads(capsys.readouterr().out)
    (found,) = said["sweeps"]
    assert [trial["number"] for trial in found["trials"]] == [0, 1, 2, 3]
    assert found["trials"][0]["settings"] == {"lstm.units": 50, "learning_rate": 0.0001}
    assert found["best"] == 0 and found["settings"] == found["trials"][0]["settings"]
    assert found["searched"]["lstm.units"] == "8 to 128, by ratio"
    assert "test" not in json.dumps(found["trials"])
    assert said["judged"] is None and "no other settings did better" in found["sentence"]


def test_json_says_how_much_goes_along_with_each_setting(store, monkeypatch, capsys):
    sweep(store, monkeypatch, trials=12)
    (found,) = json.loads(capsys.readouterr().out)["sweeps"]
    assert {each["title"] for each in found["importance"]} == {"Units", "Learning rate"}
    assert all(0 <= each["share"] <= 1 for each in found["importance"])


def test_the_picture_of_each_architecture_is_a_file_and_its_words_stand_in_the_json(
    store, monkeypatch, capsys, tmp_path
):
    sweep(store, monkeypatch, picture=tmp_path / "trials.svg")
    drawn = (tmp_path / "trials.svg").read_text(encoding="utf-8")
    assert json.loads(capsys.readouterr().out)["sweeps"][0]["trials_told"] in drawn
    wanted = sweeping.Wanted((), 1, 0, (), "loss", True, tmp_path / "trials.svg")
    assert wanted.picture_of("lstm", 2) == tmp_path / "trials-lstm.svg"


def test_a_picture_that_cannot_be_written_is_refused_before_anything_starts(store, monkeypatch, tmp_path):
    with pytest.raises(SeqlabError, match="cannot be written"):
        sweep(store, monkeypatch, picture=tmp_path / "nowhere" / "trials.svg")
    assert store.experiments.all(get_settings().workspace) == []


def test_a_table_marks_the_best_trial(store, monkeypatch, capsys):
    sweep(store, monkeypatch, as_json=False)
    told = capsys.readouterr()
    assert "0 *" in told.out and "no other settings did better" in told.err


def test_ctrl_c_ends_the_trials_keeps_them_and_judges_nothing(store, monkeypatch, capsys):
    step, pressed = SweepDriver.step, []

    def interrupted_once(driver):
        if len(driver.trials) == 2 and not pressed:
            pressed.append(True)
            raise KeyboardInterrupt
        return step(driver)

    monkeypatch.setattr(SweepDriver, "step", interrupted_once)
    sweep(store, monkeypatch, base=Choices(architectures=("lstm",)), trials=20)
    said = json.loads(capsys.readouterr().out)
    assert said["stopped"] and said["judged"] is None
    assert len(said["sweeps"][0]["trials"]) == 2
    assert len(store.runs.of(get_settings().workspace, said["sweeps"][0]["experiment"])) == 2


@pytest.mark.parametrize(
    "wrong", [{"measure": "test_accuracy"}, {"seeds": (1, 100)}, {"trials": 0}, {"ticked": ("colour",)}],
    ids=lambda wrong: next(iter(wrong)),
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_before_anything_starts(store, monkeypatch, wrong):
    with pytest.raises(OptionError):
        sweep(store, monkeypatch, **wrong)
    assert store.experiments.all(get_settings().workspace) == []


def test_what_proposes_is_loaded_when_a_sweep_begins_only():
    code = "import sys, seqcore.cli.app; sys.exit('optuna' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_trials_begin_with_the_vectors_of_a_file(store, monkeypatch, capsys, tmp_path):
    file = tmp_path / "vectors.txt"
    file.write_text("text 0.5 1 2 0 1 0 0 1\nnumber 1 0 0 1 2 1 0 1\n", encoding="utf-8")
    sweep(store, monkeypatch, begins_with=beginning.Wanted(file))
    runs = store.runs.all(get_settings().workspace)
    assert runs and {run.spec.input.word_vectors for run in runs} == {"file"}
    assert {run.spec.model["embedding_size"] for run in runs} == {8}
    dataset = store.datasets.of_run(runs[0].id)
    assert store.datasets.vectors(dataset.id, runs[0].spec.input.vectors).size == 8
    assert "running words" in capsys.readouterr().err


def test_vectors_that_cannot_be_read_are_refused_before_anything_starts(store, monkeypatch, tmp_path):
    with pytest.raises(SeqlabError, match="word vectors cannot be opened"):
        sweep(store, monkeypatch, begins_with=beginning.Wanted(tmp_path / "none.txt"))
    assert store.runs.all(get_settings().workspace) == []


def test_what_is_trained_of_a_pretrained_encoder_and_how_fast_is_searched(store, monkeypatch, capsys, tmp_path):
    base = Choices(architectures=("pretrained",)).with_values({"learning_rate": 0.0001})  # the best there is
    given = beginning.Wanted(pretrained=str(put_folder(tmp_path / "tiny")))
    ticked = ("train", "last_blocks=1:2", "encoder_rate", "learning_rate")
    sweep(store, monkeypatch, base=base, begins_with=given, ticked=ticked, trials=6)
    told = capsys.readouterr()
    (found,) = json.loads(told.out)["sweeps"]
    assert found["searched"]["pretrained.train"] == "head, last, all"
    assert found["searched"]["pretrained.last_blocks"] == "1 to 2"
    assert found["searched"]["pretrained.encoder_rate"] == "0.003 to 0.3, by ratio"
    assert {trial["settings"]["pretrained.train"] for trial in found["trials"]} > {"head"}
    assert "tiny: 1,664 parameters, 2 blocks" in told.err
    runs = store.runs.of(get_settings().workspace, found["experiment"])
    assert {run.spec.model["hidden"] for run in runs} == {8}
    assert all(store.datasets.has_pretrained(store.datasets.of_run(run.id).id, run.spec.encoder) for run in runs)


def test_a_sweep_of_other_models_refuses_an_encoder(store, monkeypatch, tmp_path):
    with pytest.raises(OptionError, match="not among the models"):
        sweep(store, monkeypatch, begins_with=beginning.Wanted(pretrained=str(put_folder(tmp_path / "tiny"))))
    assert store.sweeps.all(get_settings().workspace) == []
