"""Runs that cannot be read, between good ones in the queue: each ends with its sentence, and the others train."""

from __future__ import annotations

import pytest

from seqcore.engine import jobs
from seqcore.lab.resume import resume_runs
from seqcore.store import DONE, Run, RunState, Store
from tests.broken_runs import IN_SQLITE

NOT_IN_THE_QUEUE = {"state that is unknown"}
BREAKS = {name: each for name, each in IN_SQLITE.items() if name not in NOT_IN_THE_QUEUE}


@pytest.fixture(autouse=True)
def no_cluster(monkeypatch):
    monkeypatch.setattr(jobs, "worker_address", lambda: "worker")
    monkeypatch.setattr(jobs, "memory_limit", lambda: None)


@pytest.fixture
def waiting(store: Store, queue) -> list[Run]:
    """A good one, all the broken ones, two more good ones: none broken yet."""
    count = len(BREAKS) + 3
    return [store.runs.find(queue("bag_of_words", seed=seed)) for seed in range(count)]


def break_all(store: Store, waiting: list[Run]) -> dict[str, Run]:
    broken = dict(zip(BREAKS, waiting[1:-2], strict=True))
    for name, run in broken.items():
        BREAKS[name].apply(store, run)
    return broken


def carry_out_all(store: Store, engine: str) -> list[str]:
    taken = []
    while run_id := jobs.train(store.database_url, store.artifacts_url, engine):
        taken.append(run_id)
    return taken


def assert_each_has_ended(store: Store, waiting: list[Run], broken: dict[str, Run]) -> None:
    for run in (waiting[0], *waiting[-2:]):
        done = store.runs.find(run.id)
        assert (done.state, done.message, done.problem) == (RunState.FINISHED, "", "")
    for name, run in broken.items():
        done = store.runs.find(run.id)
        assert done.state is RunState.FAILED, name
        assert BREAKS[name].says in done.message
        assert "log" not in done.message  # it was foreseen


def test_broken_runs_that_wait_end_with_a_sentence_and_the_others_train(store, waiting):
    ids = [run.id for run in waiting]
    store.queue.claim(ids, "engine")
    assert store.queue.waiting("engine") == ids
    broken = break_all(store, waiting)
    assert sorted(store.queue.waiting("engine")) == sorted(ids)
    assert sorted(carry_out_all(store, "engine")) == sorted(ids)
    assert_each_has_ended(store, waiting, broken)


def test_broken_runs_that_are_resumed_end_with_a_sentence_and_the_others_go_on(store, waiting):
    ids = [run.id for run in waiting]
    for run_id in ids:
        store.progress.finish(run_id, state=RunState.INTERRUPTED, message="The app ended.")
    broken = break_all(store, waiting)
    resume_runs(store, "personal", ids, submit=lambda queued: store.queue.claim(queued, "later engine"))
    assert sorted(carry_out_all(store, "later engine")) == sorted(ids)
    assert_each_has_ended(store, waiting, broken)
    assert all(run.state in DONE for run in store.runs.all("personal"))


def test_a_run_of_an_unknown_state_is_nobodys_turn(store, queue):
    good, odd, other = (store.runs.find(queue("bag_of_words", seed=seed)) for seed in (50, 51, 52))
    store.queue.claim([good.id, odd.id, other.id], "third engine")
    IN_SQLITE["state that is unknown"].apply(store, odd)
    assert carry_out_all(store, "third engine") == [good.id, other.id]
    assert store.runs.find(odd.id).problem
