"""The pages over a home folder of an older version: all is listed, compared and offered as if it were of today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from seqcore.cli import listing
from seqcore.settings import get_settings
from seqcore.store import Store
from seqcore.ui.session import results
from tests.old_homes.opening import KEPT, WORKSPACE, answers, copy_home, left_alone_and_interrupted
from tests.pages.conftest import NotingRoom, words
from tests.pages.finished import AnsweringEngine


@pytest.fixture(params=sorted(KEPT))
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(version: str, tmp_path: Path, room: NotingRoom, monkeypatch: pytest.MonkeyPatch) -> Store:
    home = tmp_path / "home"
    monkeypatch.setenv("SEQLAB_HOME", str(home))
    get_settings.cache_clear()
    return copy_home(version, home)


def opened(lab: AppTest, page: str, experiment_id: str) -> AppTest:
    lab.run()
    lab.query_params["experiment"] = experiment_id
    found = lab.switch_page(f"lab/{page}.py").run()
    assert not found.exception
    assert not found.error
    return found


def compared(store: Store) -> str:
    """The experiment of four models."""
    (experiment,) = {run.experiment_id for run in store.runs.all(WORKSPACE) if run.architecture == "lstm"}
    return experiment


def test_four_models_are_compared_with_what_guessing_gets(version: str, old: Store, lab: AppTest) -> None:
    page = opened(lab, "compare", compared(old))
    assert "Always answering" in words(page)
    table = page.dataframe[0].value
    listed = {run["run"]: run for run in answers(version)["runs"] if run["experiment"] == compared(old)}
    assert len(table) == len(listed) == 4
    expected = sorted(100 * run["test"]["accuracy"] for run in listed.values())
    assert sorted(table["Accuracy"]) == pytest.approx(expected)
    experiment = old.experiments.find(compared(old))
    sound, problems = results.sound_runs(results.scored_runs(experiment))
    assert problems == []
    guessing = results.baseline(experiment, sound[0])
    assert guessing.label in ("bad", "good") and 0 < guessing.accuracy < 1


@pytest.mark.parametrize("page_name", ["runs", "train", "predict", "attention", "data"])
def test_every_page_opens_and_finds_nothing_broken(
    old: Store, lab: AppTest, room: NotingRoom, monkeypatch: pytest.MonkeyPatch, page_name: str
) -> None:
    monkeypatch.setattr(room, "ask", AnsweringEngine(old).ask, raising=False)
    page = opened(lab, page_name, compared(old))
    assert "annot be read" not in words(page)


def test_the_interrupted_run_can_be_resumed(old: Store, lab: AppTest, room: NotingRoom) -> None:
    _, interrupted = left_alone_and_interrupted(old)
    page = opened(lab, "train", interrupted.experiment_id)
    page.button(key=f"resume-{interrupted.id}").click().run()
    assert not page.exception and not page.error
    assert room.submitted == [interrupted.id]


def test_the_command_line_lists_what_it_listed(version: str, old: Store, capsys: pytest.CaptureFixture[str]) -> None:
    listing.list_runs(as_json=True)
    listed = json.loads(capsys.readouterr().out)["runs"]
    told = {run["run"]: run for run in answers(version)["runs"]}
    assert {run["run"] for run in listed} == set(told)
    for run in listed:
        assert run.pop("problem") == ""
        then = {name: value for name, value in told[run["run"]].items() if name != "problem"}
        then_set, then_changed = then.pop("settings", {}), then.pop("changed", {})  # there are more of them by now
        assert run | then == run and run["settings"] | then_set == run["settings"]
        assert run.get("changed", {}) | then_changed == run.get("changed", {})
