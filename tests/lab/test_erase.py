"""Delete all my data: nothing of it is left in any byte of the home folder, whatever went on."""

from datetime import timedelta

import pytest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.errors import NotFoundError
from seqcore.lab.erase import REWRITE, erase_workspace
from seqcore.spec import RunSpec
from seqcore.store import MetricRow, RunState, Store
from seqcore.store.artifacts import CHECKPOINT
from seqcore.store.links import new_token
from seqcore.store.moments import Moments, moment_file, write_moments

MARKER = "zanzibar-marker-7"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def store(home, clock):
    home.mkdir()
    store = Store(f"sqlite:///{home / 'lab.db'}", str(home / "artifacts"), clock=clock)
    yield store
    store.close()


def fill(store, workspace, marker):
    """Data, a finished run, one that trains, a sweep, links: all with the marker; gives the ids of the runs."""
    data = LabelledText(f"{marker}.csv", (f"good {marker}", f"bad {marker}"), ("1", marker), None, ())
    dataset = store.datasets.add(workspace, data)
    specs = [RunSpec(dataset="0", architecture="rnn", seed=seed) for seed in (0, 1)]
    experiment = store.experiments.add(workspace, dataset.id, specs, marker)
    store.experiments.rename(workspace, experiment.id, f"renamed {marker}")
    done, going = experiment.run_ids
    for run_id in (done, going):
        store.progress.begin(run_id, "engine")
        store.progress.set_state(run_id, RunState.TRAINING, message=marker)
        store.progress.record(run_id, [MetricRow("train", 1.0, 1, 0.1, 0.5, 0.5)], epoch=1.0, texts_per_second=1.0)
        store.artifacts.write(run_id, "tokenizer.json", marker.encode() * 999)
    store.artifacts.write(going, CHECKPOINT, marker.encode())
    write_moments(store.artifacts, going, Moments(epochs=(1,), classes=(marker,)))
    store.artifacts.write(going, moment_file(1), marker.encode())
    store.progress.set_state(done, RunState.EVALUATING)
    store.progress.finish(done, state=RunState.FINISHED, results={"note": marker})
    sweep = store.sweeps.add(workspace, dataset.id, "rnn", {"note": marker})
    store.links.add(workspace, new_token(), "experiment", experiment.id, days=None)
    store.links.add(workspace, new_token(), "dataset", dataset.id, days=1)
    return done, going, sweep.id


def bytes_with(home, marker):
    return [str(file) for file in home.rglob("*") if file.is_file() and marker.encode() in file.read_bytes()]


def test_nothing_is_left_in_the_home_folder(store, home, engine):
    fill(store, "me", MARKER)
    assert bytes_with(home, MARKER)
    there = erase_workspace(store, "me", engine=engine)
    assert vars(there) == {"datasets": 1, "experiments": 1, "runs": 2, "sweeps": 1, "links": 2}
    assert len(engine.stopped) == 1
    assert bytes_with(home, MARKER) == []
    assert not store.erasure.holdings("me")
    assert [file for file in (home / "artifacts").rglob("*") if file.is_file()] == []


def test_what_older_versions_deleted_without_overwriting_goes_too(store, home):
    with store.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    fill(store, "me", MARKER)
    erase_workspace(store, "me")
    assert bytes_with(home, MARKER) == []


def test_nothing_is_left_though_the_database_was_written_anew_a_moment_ago(store, home):
    fill(store, "me", MARKER)
    store.database.empty_log()
    store.chores.begin(REWRITE, every=timedelta(minutes=10))
    erase_workspace(store, "me")
    assert bytes_with(home, MARKER) == []


def test_others_keep_everything(store, home):
    fill(store, "me", MARKER)
    done, going, sweep = fill(store, "you", "yours")
    kept = bytes_with(home / "artifacts", "yours")
    erase_workspace(store, "me")
    assert store.runs.find(done).state is RunState.FINISHED
    assert store.runs.find(going).state is RunState.TRAINING
    assert store.sweeps.get("you", sweep).is_open
    assert len(store.links.all("you")) == 2
    assert bytes_with(home / "artifacts", "yours") == kept
    assert len(store.measurements.rows([done, going])) == 2


def test_a_worker_that_did_not_hear_of_it_stops_and_leaves_nothing(store, home):
    _, going, _ = fill(store, "me", MARKER)
    erase_workspace(store, "me")
    store.artifacts.write(going, CHECKPOINT, MARKER.encode())  # it was in the middle of writing
    assert store.progress.record(going, [], epoch=2.0, texts_per_second=1.0)  # it is told to stop
    with pytest.raises(NotFoundError):
        store.progress.set_state(going, RunState.EVALUATING)
    assert not store.progress.finish(going, state=RunState.FAILED)
    assert bytes_with(home, MARKER) == []


def test_what_breaks_half_way_can_be_asked_again(store, home, monkeypatch):
    fill(store, "me", MARKER)
    with monkeypatch.context() as patch:
        patch.setattr(store.files, "remove", lambda _owner: (_ for _ in ()).throw(PermissionError("not yours")))
        with pytest.raises(PermissionError):
            erase_workspace(store, "me")
    assert store.erasure.holdings("me")
    erase_workspace(store, "me")
    assert bytes_with(home, MARKER) == []


def test_deleting_again_and_again_writes_the_database_anew_once_in_ten_minutes(store, clock, monkeypatch):
    written = []
    monkeypatch.setattr(store.database, "overwrite_what_was_deleted", lambda: written.append(clock.now))
    for _ in range(5):
        fill(store, "me", MARKER)
        erase_workspace(store, "me")
    clock.forward(600)
    erase_workspace(store, "me")
    assert len(written) == 2


def test_ordinary_deletion_overwrites_what_a_row_held(store, home):
    data = LabelledText("data", ("a", "b"), ("1", "0"), None, ())
    dataset = store.datasets.add("me", data)
    experiment = store.experiments.add("me", dataset.id, [RunSpec(dataset="0", architecture="rnn")], MARKER)
    store.progress.request_cancel(experiment.run_ids)
    store.experiments.delete("me", experiment.id)
    with store.database._engine.raw_connection() as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert bytes_with(home, MARKER) == []
