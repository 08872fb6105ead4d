import pytest

from seqcore.store import MetricRow, RunState


@pytest.fixture
def interrupted(store, run_ids, clock):
    store.queue.claim(run_ids, "engine")
    store.queue.take("engine", "worker")
    store.progress.begin(run_ids[0], "engine")
    store.progress.set_state(run_ids[0], RunState.TRAINING)
    store.progress.record(run_ids[0], [], epoch=2.0, texts_per_second=5.0)
    clock.forward(20)
    store.progress.finish(run_ids[0], state=RunState.INTERRUPTED, message="The app ended.")
    return run_ids[0]


def test_an_interrupted_run_waits_again_and_remembers_how_far_it_was(store, interrupted, clock):
    clock.forward(3600)
    assert store.queue.resume("me", [interrupted]) == [interrupted]
    run = store.runs.find(interrupted)
    assert (run.state, run.message, run.epoch, run.finished, run.worker) == (RunState.QUEUED, "", 2.0, None, "")
    assert run.submitted == clock.now
    assert store.queue.claim([interrupted], "next") == [interrupted]
    assert store.queue.take("next", "worker") == interrupted


def test_the_night_between_does_not_count_as_waiting(store, interrupted, clock):
    clock.forward(36_000)
    store.queue.resume("me", [interrupted])
    clock.forward(4)
    store.progress.begin(interrupted, "next")
    for state in (RunState.TRAINING, RunState.EVALUATING):
        store.progress.set_state(interrupted, state)
    clock.forward(6)
    store.progress.finish(interrupted, state=RunState.FINISHED, seconds={"training": 25.0})
    assert store.runs.find(interrupted).seconds == {"queued": 4.0, "training": 25.0, "total": 29.0}


@pytest.mark.parametrize("state", [RunState.FINISHED, RunState.CANCELLED, RunState.FAILED, RunState.TRAINING])
def test_only_interrupted_runs_are_resumed(store, run_ids, reach, state):
    reach(run_ids[0], state)
    assert store.queue.resume("me", [run_ids[0]]) == []
    assert store.runs.find(run_ids[0]).state is state


def test_nobody_resumes_the_runs_of_another_workspace(store, interrupted):
    assert store.queue.resume("somebody else", [interrupted]) == []
    assert store.runs.find(interrupted).state is RunState.INTERRUPTED


def test_a_resumed_run_is_no_orphan_until_an_engine_had_time_to_take_it(store, interrupted, clock):
    clock.forward(36_000)
    store.queue.resume("me", [interrupted])
    store.engines.resolve_orphans([], "gone")
    assert store.runs.find(interrupted).state is RunState.QUEUED


def test_a_run_whose_worker_died_keeps_its_place_and_is_begun_so_often_and_no_more(store, run_ids):
    store.queue.claim(run_ids, "engine")
    for attempt in range(3):
        assert store.queue.take("engine", "worker") == run_ids[0]
        assert store.progress.begin(run_ids[0], "engine")
        assert store.runs.find(run_ids[0]).attempts == attempt + 1
        assert store.queue.retry(run_ids[0], most_attempts=3) == (attempt < 2)


def test_a_worker_taken_for_dead_is_not_heard_when_it_comes_back(store, run_ids):
    (run_id,) = run_ids[:1]
    store.queue.claim([run_id], "engine")
    store.queue.take("engine", "first")
    store.progress.begin(run_id, "engine")
    store.queue.retry(run_id, most_attempts=3)
    assert store.queue.take("engine", "second") == run_id
    store.progress.begin(run_id, "engine")
    row = MetricRow("train", 1.0, 1, 0.1, 0.5, 0.5)
    assert store.progress.record(run_id, [row], epoch=1.0, texts_per_second=1.0, worker="first")  # it is told to stop
    assert not store.progress.set_state(run_id, RunState.TRAINING, worker="first")
    assert not store.progress.finish(run_id, state=RunState.FAILED, worker="first")
    assert store.measurements.rows([run_id]) == []
    assert store.progress.set_state(run_id, RunState.TRAINING, worker="second")
    assert not store.progress.record(run_id, [row], epoch=1.0, texts_per_second=1.0, worker="second")
    store.progress.rewind(run_id, 0.0, worker="first")
    assert len(store.measurements.rows([run_id])) == 1
