"""The operator sees the runs of all workspaces, and ends any of them."""

import json

import pytest
from typer.testing import CliRunner

from seqcore.cli.app import app
from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import NotFoundError
from seqcore.spec import RunSpec
from seqcore.store import MetricRow, RunState

MINE, THEIRS = "browser-" + "a" * 32, "account-" + "b" * 32


def asked(*arguments):
    done = CliRunner().invoke(app, ["operator", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def runs(store):
    """One run each of two workspaces; the first trains, the second waits."""
    ids = []
    for workspace in (MINE, THEIRS):
        dataset = store.datasets.add(workspace, LabelledText("t.csv", ("good", "bad"), ("1", "0"), None, ()))
        spec = RunSpec(dataset="0", architecture="rnn", seed=0)
        ids += store.experiments.add(workspace, dataset.id, [spec]).run_ids
    store.engines.beat("engine", host="elsewhere", pid=0)
    store.queue.claim(ids, "engine")
    store.queue.take("engine", "worker")
    store.progress.begin(ids[0], "engine")
    store.progress.set_state(ids[0], RunState.TRAINING)
    row = MetricRow("train", 1.0, 10, 12.5, 0.7, 0.5)
    store.progress.record(ids[0], [row], epoch=1.0, texts_per_second=9.0)
    return ids


def test_the_operator_sees_whose_runs_train_for_how_long_and_who_waits_where(runs):
    found = {run["run"]: run for run in json.loads(asked("runs", "--json"))["runs"]}
    trains, waits = (found[run_id] for run_id in runs)
    assert (trains["workspace"], trains["state"], trains["trained_seconds"], trains["place"]) == (
        MINE, "training", 12.5, None,
    )  # fmt: skip
    assert (waits["workspace"], waits["state"], waits["trained_seconds"], waits["place"]) == (THEIRS, "queued", 0.0, 1)


def test_the_table_names_workspaces_in_short(runs):
    table = asked("runs")
    assert "browser-aaaaaaaa " in table and MINE not in table


def test_the_operator_ends_a_run_of_any_workspace(store, runs):
    states = json.loads(asked("stop", *runs, "--json"))["runs"]
    assert {each["run"]: each["state"] for each in states} == {runs[0]: "training", runs[1]: "cancelled"}
    assert store.runs.find(runs[0]).cancel_requested  # its worker hears of it when it next reports
    assert [run["run"] for run in json.loads(asked("runs", "--json"))["runs"]] == [runs[0]]
    assert len(json.loads(asked("runs", "--all", "--json"))["runs"]) == 2


def test_an_id_of_no_run_ends_none(store, runs):
    with pytest.raises(NotFoundError):
        asked("stop", runs[0], "nothing")
    assert not store.runs.find(runs[0]).cancel_requested


def test_the_help_says_who_the_operator_is():
    done = CliRunner().invoke(app, ["operator", "--help"])
    assert "whoever can read and write that is the operator" in " ".join(done.output.replace("│", " ").split())
