from seqcore.store import RunState
from seqcore.store.engines import UNCLAIMED_SECONDS


def test_an_engine_signs_in_with_its_first_beat_and_out_at_its_end(store, clock):
    store.beat("engine", "host", 1)
    clock.forward(2)
    store.beat("engine", "host", 1)
    (engine,) = store.engines()
    assert (engine.beats, engine.heartbeat) == (2, clock.now)
    store.sign_out("engine")
    assert store.engines() == []


def test_waiting_runs_are_taken_once_each_in_order(store, run_ids):
    assert store.claim(run_ids, "engine") == run_ids
    assert [store.take("engine", f"worker {number}") for number in range(4)] == [*run_ids, None]
    assert [run.worker for run in store.active_on("engine")] == ["worker 0", "worker 1", "worker 2"]


def test_a_run_that_was_put_back_is_taken_again(store, run_ids):
    store.claim(run_ids[:1], "engine")
    store.take("engine", "worker")
    store.put_back(run_ids[0])
    assert store.take("engine", "other") == run_ids[0]


def test_only_queued_runs_can_be_claimed_and_taken(store, run_ids, reach):
    reach(run_ids[0], RunState.CANCELLED)
    assert store.claim([*reversed(run_ids), "no such run"], "engine") == [run_ids[2], run_ids[1]]
    store.request_cancel([run_ids[1]])
    assert store.take("engine", "worker") == run_ids[2]
    assert store.take("engine", "worker") is None


def test_runs_of_engines_that_are_gone_are_interrupted(store, run_ids):
    store.begin(run_ids[0], "gone")
    store.claim([run_ids[1]], "gone")
    store.begin(run_ids[2], "living")
    assert sorted(store.resolve_orphans({"living"}, "It ended.")) == sorted(run_ids[:2])
    run = store.find_run(run_ids[0])
    assert (run.state, run.message) == (RunState.INTERRUPTED, "It ended.")
    assert store.find_run(run_ids[2]).state is RunState.PREPARING


def test_a_run_that_was_never_submitted_is_given_up_after_a_while(store, run_ids, clock):
    assert store.resolve_orphans(set(), "It ended.") == []
    clock.forward(UNCLAIMED_SECONDS + 1)
    assert len(store.resolve_orphans(set(), "It ended.")) == 3
