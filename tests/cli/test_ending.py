"""`stop` and `delete` on the command line."""

import json

import pytest
from typer.testing import CliRunner

from seqcore.cli.app import app
from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import NotFoundError, SeqlabError
from seqcore.spec import RunSpec
from seqcore.store import RunState


def asked(*arguments):
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def started(store):
    """`started(workspace)`: an experiment of two runs, the first of which trains."""

    def start(workspace):
        dataset = store.datasets.add(workspace, LabelledText("t.csv", ("good", "bad"), ("1", "0"), None, ()))
        specs = [RunSpec(dataset="0", architecture="rnn", seed=seed) for seed in range(2)]
        experiment = store.experiments.add(workspace, dataset.id, specs)
        store.engines.beat(workspace, host="elsewhere", pid=0)
        store.queue.claim(experiment.run_ids, workspace)
        store.queue.take(workspace, "worker")
        store.progress.begin(experiment.run_ids[0], workspace)
        return experiment

    return start


def test_an_experiment_is_stopped_run_by_run(store, started):
    experiment = started("personal")
    first, second = experiment.run_ids
    assert asked("stop", experiment.id, "--json") == {
        "runs": [{"run": first, "state": "preparing"}, {"run": second, "state": "cancelled"}]
    }
    assert store.runs.find(first).cancel_requested


def test_what_is_still_going_is_not_deleted_and_what_is_done_is(store, started):
    experiment = started("personal")
    first, second = experiment.run_ids
    asked("stop", second, "--json")
    with pytest.raises(SeqlabError, match="still going"):
        asked("delete", second, experiment.id, "--json")
    assert store.runs.find(second).state is RunState.CANCELLED
    assert asked("delete", second, "--json") == {"deleted": [second]}
    store.progress.finish(first, state=RunState.FAILED)
    assert asked("delete", experiment.id, "--json") == {"deleted": [experiment.id]}
    assert store.runs.all("personal") == [] and store.experiments.all("personal") == []


@pytest.mark.parametrize("command", ["stop", "delete"])
def test_nobody_ends_what_belongs_to_another_workspace(store, started, command):
    theirs, mine = started("browser-1"), started("personal")
    with pytest.raises(NotFoundError):
        asked(command, mine.run_ids[1], theirs.run_ids[1])
    assert store.runs.find(theirs.run_ids[1]).state is RunState.QUEUED
    assert store.runs.find(mine.run_ids[1]).state is RunState.QUEUED
