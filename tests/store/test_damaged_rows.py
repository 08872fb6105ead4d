"""One damaged row among good ones: it is read as a run that says so, and can be deleted."""

import pytest
import sqlalchemy as sa

from seqcore.store import RunState
from tests.broken_runs import AFTER_TRAINING, ANYWHERE, IN_SQLITE, change

ONLY_SQLITE = {name: each for name, each in IN_SQLITE.items() if name not in ANYWHERE}
CASES = [
    *(pytest.param(each, id=name) for name, each in (ANYWHERE | AFTER_TRAINING).items()),
    *(pytest.param(each, id=name, marks=pytest.mark.sqlite) for name, each in ONLY_SQLITE.items()),
]


@pytest.fixture
def four(store, dataset, spec):
    """Runs of one experiment; the second is going to be broken."""
    experiment = store.experiments.add("me", dataset.id, [spec(seed=seed) for seed in range(4)])
    return store.runs.of("me", experiment.id)


@pytest.mark.parametrize("broken", CASES)
def test_a_list_has_the_broken_run_in_it_and_the_others_as_they_are(store, four, broken):
    broken.apply(store, four[1])
    found = {run.id: run for run in store.runs.all("me")}
    assert {run.id: found[run.id] for run in (four[0], *four[2:])} == {run.id: run for run in (four[0], *four[2:])}
    assert [bool(found[run.id].problem) for run in four] == [False, True, False, False]
    assert broken.says in found[four[1].id].problem
    assert "delete" in found[four[1].id].problem.casefold()


@pytest.mark.parametrize("broken", CASES)
def test_a_broken_run_is_deleted_alone_or_with_its_experiment(store, four, broken):
    for run in four:
        store.progress.finish(run.id, state=RunState.INTERRUPTED)
    broken.apply(store, four[1])
    store.runs.delete("me", [four[1].id])
    assert [run.id for run in store.runs.all("me")] == [four[0].id, four[2].id, four[3].id]
    broken.apply(store, four[2])
    store.experiments.delete("me", four[0].experiment_id)
    assert store.runs.all("me") == []


@pytest.mark.parametrize("broken", CASES)
def test_nothing_but_the_broken_run_leaves_the_queue(store, four, broken):
    ids = [run.id for run in four]
    store.queue.claim(ids, "engine")
    broken.apply(store, four[1])
    waiting = store.queue.waiting("engine")
    assert [run_id for run_id in waiting if run_id != ids[1]] == [ids[0], *ids[2:]]
    taken = [store.queue.take("engine", "worker") for _ in waiting]
    assert set(taken) == set(waiting)
    assert store.queue.take("engine", "worker") is None
    for run_id in taken:
        assert store.progress.begin(run_id, "engine")
        assert store.progress.finish(run_id, state=RunState.FAILED, message="It cannot be read.", worker="worker")
    assert store.engines.active_on("engine") == []
    assert store.allowance.usage("me").runs_in_flight == 0


@pytest.mark.parametrize("broken", CASES)
def test_the_states_of_all_are_told_and_all_can_be_stopped(store, four, broken):
    broken.apply(store, four[1])
    ids = [run.id for run in four]
    assert set(store.runs.states(ids)) == set(ids)
    store.progress.request_cancel(ids)
    assert not any(state in ("queued", "training") for state in store.runs.states(ids).values())


@pytest.mark.sqlite
def test_a_null_where_none_can_be_is_a_broken_run_too(store, four, make_store):
    with store.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql("UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'runs'")
    store.close()
    store = make_store()
    for column in ("message", "epoch", "created", "results", "cancel_requested", "attempts", "bytes", "state"):
        change(store, four[1], **{column: sa.null()})
        assert column in store.runs.find(four[1].id).damaged
    broken = [run.id for run in store.runs.of("me", four[0].experiment_id) if run.problem]
    assert broken == [four[1].id]


def test_long_lists_are_read_without_reading_settings(store, dataset, spec, monkeypatch):
    store.experiments.add("me", dataset.id, [spec(seed=seed) for seed in range(50)])
    monkeypatch.setattr("seqcore.store.run_record.read_spec", lambda stored: pytest.fail("nobody asked"))
    assert len(store.runs.all("me")) == 50


def test_scores_that_are_not_a_number_are_no_damage(store, run_ids, reach):
    reach(run_ids[0], RunState.EVALUATING)
    test = {"accuracy": 0.9, "macro_f1": 0.8, "loss": float("nan"), "ms_per_text": 1.0}
    store.progress.finish(run_ids[0], state=RunState.FINISHED, results={"test": test})
    run = store.runs.find(run_ids[0])
    assert run.scores and run.scores.loss != run.scores.loss
    assert run.problem == ""
