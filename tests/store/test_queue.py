import pytest

from seqcore.store import MetricRow, RunState, schema


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


@pytest.fixture
def rival(store, text, spec):
    """A run of another workspace that waits for the same engine."""
    other = store.datasets.add("other", text)
    (run_id,) = store.experiments.add("other", other.id, [spec()]).run_ids
    return run_id


@pytest.fixture
def trains(store, run_ids, clock):
    """A run that a worker has trained for half a minute, with two of its own workspace waiting."""
    store.queue.claim(run_ids, "engine")
    assert store.queue.take("engine", "worker") == run_ids[0]
    store.progress.begin(run_ids[0], "engine")
    store.progress.set_state(run_ids[0], RunState.TRAINING)
    row = MetricRow("train", 1.0, 10, 30.0, 0.7, 0.5)
    store.progress.record(run_ids[0], [row], epoch=1.0, texts_per_second=9.0)
    clock.forward(30)
    return run_ids[0]


def leave(store, run_id, worker="worker"):
    return store.queue.give_way(run_id, worker=worker, seconds={"training": 30.0})


def test_a_run_gives_way_to_another_workspace_and_keeps_what_it_has(store, trains, rival, run_ids, clock):
    assert not store.queue.should_give_way(trains, "engine")  # its own workspace's runs wait their turn
    store.queue.claim([rival], "engine")
    assert store.queue.should_give_way(trains, "engine")
    assert leave(store, trains)
    run = store.runs.find(trains)
    assert (run.state, run.worker, run.epoch, run.step, run.attempts) == (RunState.QUEUED, "", 1.0, 10, 0)
    assert run.between_turns and run.seconds == {"training": 30.0}
    assert store.queue.waiting("engine") == [rival, trains, *run_ids[1:]]
    assert store.queue.take("engine", "worker") == rival
    assert not store.queue.should_give_way(rival, "engine")  # it has had less


def test_of_two_that_could_one_leaves_for_one(store, run_ids, rival, clock):
    store.queue.claim([*run_ids[:2], rival], "engine")
    with store.database.writing() as connection:
        connection.execute(schema.runs.update().where(schema.runs.c.id == rival).values(engine=""))
    for number, run_id in enumerate(run_ids[:2]):
        store.queue.take("engine", f"worker {number}")
        store.progress.begin(run_id, "engine")
        clock.forward(10)
    store.queue.claim([rival], "engine")
    assert [store.queue.should_give_way(run_id, "engine") for run_id in run_ids[:2]] == [True, False]
    store.queue.stay(run_ids[0])  # it could not be kept
    assert store.queue.should_give_way(run_ids[0], "engine")


def test_who_is_to_stop_or_has_nobody_to_give_way_to_keeps_its_worker(store, trains, rival):
    assert not leave(store, trains)  # nobody of another workspace waits
    store.queue.claim([rival], "engine")
    assert not leave(store, trains, worker="another")  # it is not that one's to give
    store.progress.request_cancel([trains])
    assert not leave(store, trains)
    assert store.runs.find(trains).state is RunState.TRAINING


def test_turns_count_as_work_and_the_time_between_as_waiting(store, trains, rival, clock):
    store.queue.claim([rival], "engine")
    leave(store, trains)
    clock.forward(100)
    store.progress.request_cancel([rival])
    assert store.queue.take("engine", "second") == trains
    store.progress.begin(trains, "engine")
    clock.forward(20)
    store.progress.finish(trains, state=RunState.FAILED, worker="second")
    seconds = store.runs.find(trains).seconds
    assert seconds == {"queued": 100.0, "training": 30.0, "total": 150.0}


def test_what_is_deleted_has_had_its_turn_all_the_same(store, trains, run_ids, rival):
    """Or whoever deletes their runs at once would always be next."""
    store.progress.finish(trains, state=RunState.FAILED)
    store.runs.delete("me", [trains])
    store.queue.claim([rival], "engine")
    assert store.queue.waiting("engine")[0] == rival


def test_a_run_stopped_between_its_turns_is_asked_and_goes_first_in_its_workspace(store, trains, rival, run_ids):
    store.queue.claim([rival], "engine")
    leave(store, trains)
    store.progress.request_cancel([rival, run_ids[1]])
    assert store.progress.request_cancel([trains, run_ids[2]]) == [trains]
    assert store.runs.find(trains).state is RunState.QUEUED
    assert store.runs.find(run_ids[2]).state is RunState.CANCELLED
    assert store.queue.take("engine", "worker") == trains
    assert store.progress.begin(trains, "engine")
