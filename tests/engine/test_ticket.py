"""What a worker does when the store that it reports to is away."""

import pytest

from seqcore.engine import jobs
from seqcore.errors import StorageError
from seqcore.store import RunState, schema
from tests.engine.laboratory import Lab

GONE = StorageError("The database does not answer")


@pytest.fixture
def lab(tmp_path, monkeypatch):
    lab = Lab(tmp_path)
    monkeypatch.setattr(jobs, "worker_address", lambda: "worker")
    monkeypatch.setattr(jobs, "_store", lambda *_places: lab.store)
    return lab


@pytest.fixture
def run_id(lab):
    (run_id,) = lab.queue("finish")
    lab.store.queue.claim([run_id], "engine")
    return run_id


def use_ticket(train_run):
    return jobs.use_ticket(train_run, "", "", "engine")


def loses_the_database(run_id, store, engine_id):
    store.progress.begin(run_id, engine_id)
    raise GONE


def test_a_run_that_lost_the_database_is_interrupted_and_can_be_resumed(lab, run_id):
    assert use_ticket(loses_the_database) == run_id
    run = lab.store.runs.find(run_id)
    assert (run.state, "database does not answer" in run.message) == (RunState.INTERRUPTED, True)
    assert lab.store.queue.resume("me", [run_id]) == [run_id]


def test_the_end_of_a_run_is_told_as_soon_as_the_database_is_back(lab, run_id, monkeypatch):
    original, calls = lab.store.progress.finish, []

    def away_twice(*args, **kwargs):
        calls.append(1)
        if len(calls) < 3:
            raise GONE
        return original(*args, **kwargs)

    monkeypatch.setattr(lab.store.progress, "finish", away_twice)
    use_ticket(loses_the_database)
    assert lab.store.runs.find(run_id).state is RunState.INTERRUPTED
    assert len(calls) == 3


def test_a_ticket_whose_run_gave_way_takes_whoever_is_next(lab):
    """So there are as many tickets as runs, on a cluster without its app as well."""
    first, second = lab.queue("finish", "finish")
    lab.store.queue.claim([first, second], "engine")
    carried_out = []

    def train_run(run_id, store, engine_id):
        carried_out.append(run_id)
        store.progress.begin(run_id, engine_id)
        if len(carried_out) > 1:
            store.progress.finish(run_id, state=RunState.CANCELLED)
            return False
        with store.database.writing() as connection:  # as `Queue.give_way`, for a run of the same workspace
            connection.execute(schema.runs.update().where(schema.runs.c.id == run_id).values(state="queued", worker=""))
            connection.execute(schema.runs.update().where(schema.runs.c.id == second).values(cancel_requested=True))
        return True

    assert use_ticket(train_run) == second
    assert carried_out == [first, second]
    assert lab.states([first, second]) == [RunState.QUEUED, RunState.CANCELLED]
