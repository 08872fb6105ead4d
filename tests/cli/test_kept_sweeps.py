"""`sweeps`, and what `compare` and its like say of trials, with an engine that trains in no time."""

import contextlib
import json

import pytest
from typer.testing import CliRunner

from seqcore.cli import kept_sweeps, listing, sweeping
from seqcore.cli.app import app
from seqcore.errors import SeqlabError
from seqcore.lab.compare import compared_models
from seqcore.lab.more_seeds import train_more_seeds
from seqcore.lab.plan import Choices
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.drive import Drive, Workshop
from seqcore.lab.sweep.space import search_space
from seqcore.lab.sweep.start import start_sweep
from seqcore.settings import get_settings
from seqcore.store import Store
from tests.cli.test_sweeping import DATA
from tests.instant_training import ScoringEngine

BASE = Choices(architectures=("lstm",))


@pytest.fixture
def store(tmp_path, monkeypatch):
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"))
    monkeypatch.setattr(kept_sweeps, "open_store", lambda settings: store)
    monkeypatch.setattr(
        kept_sweeps, "started_engine", lambda settings: contextlib.nullcontext(ScoringEngine(store, DATA))
    )
    for module in (kept_sweeps, sweeping):
        monkeypatch.setattr(module, "POLL_SECONDS", 0)
    yield store
    store.close()


@pytest.fixture
def kept(store):
    """A sweep that one trial was begun of and that nobody drives."""
    sweep = Sweep("lstm", search_space("lstm", ["units"], BASE), BASE, trials=4, seed=100)
    kept = start_sweep(store, get_settings().workspace, DATA, sweep, seeds=(0, 1), max_epochs=500)
    engine = ScoringEngine(store, DATA)
    drive = Drive(Workshop(store, lambda: engine, get_settings()), kept.id, "one")
    drive.look()
    drive.release()
    return kept


def asked(*arguments):
    found = CliRunner().invoke(app, [*arguments, "--json"])
    assert found.exception is None, found.output
    return json.loads(found.stdout)


def now(store, kept):
    return store.sweeps.get(kept.workspace, kept.id)


def test_sweeps_are_listed_and_one_is_shown_with_its_trials(kept):
    (listed,) = asked("sweeps")["sweeps"]
    assert (listed["sweep"], listed["state"], listed["of"], listed["judged"]) == (kept.id, "going", 4, None)
    (shown,) = asked("sweeps", kept.id)["sweeps"]
    assert [trial["number"] for trial in shown["trials"]] == [0]


def test_a_sweep_that_is_stopped_here_and_resumed_ends_as_any_other(store, kept):
    assert asked("sweeps", kept.id, "--stop")["sweep"]["state"] == "stopped"
    said = asked("sweeps", kept.id, "--resume")
    assert said["sweep"]["state"] == "finished" and len(said["sweeps"][0]["trials"]) == 4
    assert len(said["judged"]["models"]) == 2


def test_a_sweep_that_another_process_drives_is_stopped_by_it(store, kept):
    store.sweeps.claim(kept.id, "another", 60)
    assert asked("sweeps", kept.id, "--stop")["sweep"]["state"] == "stopping"
    with pytest.raises(SeqlabError, match="Another process"):
        kept_sweeps.resume_sweep(kept.id, as_json=True)


def test_a_sweep_is_deleted_when_it_has_ended(store, kept):
    with pytest.raises(SeqlabError, match="still going"):
        kept_sweeps.remove_sweep(kept.id)
    asked("sweeps", kept.id, "--stop")
    kept_sweeps.remove_sweep(kept.id)
    assert store.sweeps.all(kept.workspace) == []


def test_trials_are_shown_by_their_validation_in_place_of_a_comparison(store, kept):
    said = asked("compare", now(store, kept).experiment_id)
    assert "models" not in said and "test" not in json.dumps(said["sweeps"][0]["trials"])


def test_nothing_else_compares_the_test_scores_of_trials(store, kept):
    experiment = store.experiments.get(kept.workspace, now(store, kept).experiment_id)
    with pytest.raises(SeqlabError, match="trials of a sweep"):
        compared_models(store, experiment)
    with pytest.raises(SeqlabError, match="trials of a sweep"):
        train_more_seeds(store, kept.workspace, experiment.id, 3, submit=lambda run_ids: None)


def test_runs_lists_trials_without_their_test_scores(store, kept, monkeypatch):
    monkeypatch.setattr(listing, "open_store", lambda settings: store)
    asked("sweeps", kept.id, "--resume")
    trials, listed = now(store, kept).experiment_id, asked("runs")["runs"]
    assert {run["experiment"] == trials: run["test"] is None for run in listed} == {True: True, False: False}


@pytest.mark.parametrize("wrong", [["--stop"], ["SWEEP", "--stop", "--resume"]], ids=["none", "two"])
def test_half_a_wish_is_refused(wrong):
    assert CliRunner().invoke(app, ["sweeps", *wrong]).exit_code == 2
