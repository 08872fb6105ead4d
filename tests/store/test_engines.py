from seqcore.store import RunState
from seqcore.store.engines import UNCLAIMED_SECONDS
from seqcore.store.turns import KEPT_SECONDS


def test_an_engine_signs_in_with_its_first_beat_and_out_at_its_end(store, clock):
    store.engines.beat("engine", "host", 1)
    clock.forward(2)
    store.engines.beat("engine", "host", 1)
    (engine,) = store.engines.all()
    assert (engine.beats, engine.heartbeat) == (2, clock.now)
    store.engines.sign_out("engine")
    assert store.engines.all() == []


def test_waiting_runs_are_taken_once_each_in_order(store, run_ids):
    assert store.queue.claim(run_ids, "engine") == run_ids
    assert [store.queue.take("engine", f"worker {number}") for number in range(4)] == [*run_ids, None]
    assert [run.worker for run in store.engines.active_on("engine")] == ["worker 0", "worker 1", "worker 2"]


def test_the_next_run_belongs_to_whoever_was_served_least(store, dataset, text, spec, clock):
    other = store.datasets.add("other", text)
    many = store.experiments.add("me", dataset.id, [spec(seed=seed) for seed in range(4)])
    clock.forward(1)
    few = store.experiments.add("other", other.id, [spec(), spec(seed=1)])
    mine = [run.id for run in store.runs.of("me", many.id)]
    theirs = [run.id for run in store.runs.of("other", few.id)]
    store.queue.claim([*mine, *theirs], "engine")
    assert store.queue.waiting("engine") == [mine[0], theirs[0], mine[1], theirs[1], *mine[2:]]
    assert [store.queue.take("engine", f"w{number}") for number in range(2)] == [mine[0], theirs[0]]
    for run_id, seconds in ((mine[0], 60), (theirs[0], 5)):  # side by side, one much longer
        store.progress.begin(run_id, "engine")
        clock.forward(seconds)
        store.progress.finish(run_id, state=RunState.FAILED)
    assert store.queue.waiting("engine")[:2] == [theirs[1], mine[1]]
    assert store.queue.take("engine", "w0") == theirs[1]


def test_work_of_long_ago_is_forgotten(store, dataset, text, spec, clock):
    (old,) = store.runs.of("me", store.experiments.add("me", dataset.id, [spec()]).id)
    store.queue.claim([old.id], "engine")
    store.queue.take("engine", "w0")
    store.progress.begin(old.id, "engine")
    clock.forward(600)
    store.progress.finish(old.id, state=RunState.FAILED)
    clock.forward(KEPT_SECONDS)
    (mine,) = store.runs.of("me", store.experiments.add("me", dataset.id, [spec()]).id)
    clock.forward(1)
    other = store.datasets.add("other", text)
    (theirs,) = store.runs.of("other", store.experiments.add("other", other.id, [spec()]).id)
    store.queue.claim([mine.id, theirs.id], "engine")
    assert store.queue.waiting("engine") == [mine.id, theirs.id]


def test_a_clock_that_goes_back_upsets_no_queue(store, run_ids, clock):
    store.queue.claim(run_ids, "engine")
    assert store.queue.take("engine", "w0") == run_ids[0]
    store.progress.begin(run_ids[0], "engine")
    clock.forward(-7200)
    assert store.queue.waiting("engine") == run_ids[1:]
    store.progress.finish(run_ids[0], state=RunState.FAILED)
    assert store.runs.find(run_ids[0]).seconds == {"queued": 0.0, "total": 0.0}
    assert store.queue.take("engine", "w0") == run_ids[1]


def test_a_run_that_was_put_back_is_taken_again(store, run_ids):
    store.queue.claim(run_ids[:1], "engine")
    store.queue.take("engine", "worker")
    store.queue.put_back(run_ids[0])
    assert store.queue.take("engine", "other") == run_ids[0]


def test_only_queued_runs_can_be_claimed_and_taken(store, run_ids, reach):
    reach(run_ids[0], RunState.CANCELLED)
    assert store.queue.claim([*reversed(run_ids), "no such run"], "engine") == [run_ids[2], run_ids[1]]
    store.progress.request_cancel([run_ids[1]])
    assert store.queue.take("engine", "worker") == run_ids[2]
    assert store.queue.take("engine", "worker") is None


def test_runs_of_engines_that_are_gone_are_interrupted(store, run_ids):
    store.progress.begin(run_ids[0], "gone")
    store.queue.claim([run_ids[1]], "gone")
    store.progress.begin(run_ids[2], "living")
    assert sorted(store.engines.resolve_orphans({"living"}, "It ended.")) == sorted(run_ids[:2])
    run = store.runs.find(run_ids[0])
    assert (run.state, run.message) == (RunState.INTERRUPTED, "It ended.")
    assert store.runs.find(run_ids[2]).state is RunState.PREPARING


def test_a_run_that_should_stop_is_stopped_when_its_engine_is_gone(store, run_ids):
    store.progress.begin(run_ids[0], "gone")
    store.artifacts.write(run_ids[0], "checkpoint.npz", b"kept so far")
    store.progress.request_cancel([run_ids[0]])
    assert store.engines.resolve_orphans({"living"}, "It ended.") == [run_ids[0]]
    run = store.runs.find(run_ids[0])
    assert (run.state, run.message) == (RunState.CANCELLED, "It ended.")
    assert not store.artifacts.has(run_ids[0], "checkpoint.npz")


def test_the_silence_of_an_engine_grows_until_its_next_beat(store, clock):
    store.engines.beat("engine", "host", 1)
    clock.forward(7)
    (engine,) = store.engines.all()
    assert store.engines.silence(engine) == 7
    store.engines.beat("engine", "host", 1)
    (engine,) = store.engines.all()
    assert store.engines.silence(engine) == 0


def test_active_runs_are_found_among_others_whichever_engine_has_them(store, run_ids, reach):
    reach(run_ids[0], RunState.CANCELLED)
    store.progress.begin(run_ids[1], "one")
    found = store.engines.active_among([*run_ids, "no such run"])
    assert {(run.id, run.engine, run.state) for run in found} == {
        (run_ids[1], "one", RunState.PREPARING),
        (run_ids[2], "", RunState.QUEUED),
    }


def test_a_run_that_was_never_submitted_is_given_up_after_a_while(store, run_ids, clock):
    assert store.engines.resolve_orphans(set(), "It ended.") == []
    clock.forward(UNCLAIMED_SECONDS + 1)
    assert len(store.engines.resolve_orphans(set(), "It ended.")) == 3
