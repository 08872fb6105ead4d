"""The watch, with a clock and workers made up."""

import os

import pytest

from seqcore.engine.presence import SILENCE_SECONDS, Identity
from seqcore.engine.watch import (
    DIED,
    FORCED,
    MOST_ATTEMPTS,
    ORPHANED,
    STOP_SECONDS,
    STOPPED_DEAD,
    Watch,
)
from seqcore.store import RunState
from tests.engine.laboratory import Lab

HERE = Identity("here", os.getpid())


class Workers:
    def __init__(self):
        self.there = {"w1", "w2"}
        self.restarted = []

    def workers(self):
        return self.there

    def restart(self, worker):
        self.restarted.append(worker)


class Seconds:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def workers():
    return Workers()


@pytest.fixture
def quiet_lab(tmp_path):
    return Lab(tmp_path)


@pytest.fixture
def watch(quiet_lab, workers, seconds):
    return Watch(quiet_lab.store, "mine", workers, HERE, grace=0.5, clock=seconds)


@pytest.fixture
def run_id(quiet_lab):
    """A run that worker w1 is training."""
    (run_id,) = quiet_lab.queue("finish")
    quiet_lab.store.queue.claim([run_id], "mine")
    quiet_lab.store.queue.take("mine", "w1")
    quiet_lab.store.progress.begin(run_id, "mine")
    return run_id


def test_a_run_whose_worker_lives_is_left_alone(quiet_lab, watch, run_id, seconds):
    for _ in range(3):
        watch.look()
        seconds.now += 3600
    assert quiet_lab.states([run_id]) == [RunState.PREPARING]


def test_a_run_whose_worker_stays_away_waits_for_another(quiet_lab, watch, run_id, seconds, workers):
    workers.there = {"w2"}
    watch.look()
    assert quiet_lab.states([run_id]) == [RunState.PREPARING]
    seconds.now += 0.6
    watch.look()
    assert quiet_lab.states([run_id]) == [RunState.QUEUED]
    assert quiet_lab.store.queue.take("mine", "w2") == run_id


def test_a_run_whose_workers_die_again_and_again_is_interrupted_and_says_why(
    quiet_lab, watch, run_id, seconds, workers
):
    for _ in range(MOST_ATTEMPTS - 1):
        workers.there = set()
        watch.look()
        seconds.now += 0.6
        watch.look()
        workers.there = {"w1"}
        assert quiet_lab.store.queue.take("mine", "w1") == run_id
        assert quiet_lab.store.progress.begin(run_id, "mine")
    workers.there = set()
    watch.look()
    seconds.now += 0.6
    watch.look()
    run = quiet_lab.store.runs.find(run_id)
    assert (run.state, run.message) == (RunState.INTERRUPTED, DIED)


def test_a_run_that_should_stop_and_loses_its_worker_is_not_begun_again(quiet_lab, watch, run_id, seconds, workers):
    quiet_lab.store.progress.request_cancel([run_id])
    workers.there = set()
    watch.look()
    seconds.now += 0.6
    watch.look()
    run = quiet_lab.store.runs.find(run_id)
    assert (run.state, run.message) == (RunState.CANCELLED, STOPPED_DEAD)


def test_a_worker_that_is_back_in_time_keeps_its_run(quiet_lab, watch, run_id, seconds, workers):
    for there in ({"w2"}, {"w1"}, {"w2"}):
        workers.there = there
        watch.look()
        seconds.now += 0.4
    assert quiet_lab.states([run_id]) == [RunState.PREPARING]


def test_nothing_is_given_up_while_nobody_can_tell(quiet_lab, watch, run_id, seconds, workers):
    workers.there = None
    watch.look()
    seconds.now += 3600
    watch.look()
    assert quiet_lab.states([run_id]) == [RunState.PREPARING]


def test_a_run_that_was_taken_but_not_begun_waits_again(quiet_lab, watch, seconds, workers):
    (run_id,) = quiet_lab.queue("finish")
    quiet_lab.store.queue.claim([run_id], "mine")
    quiet_lab.store.queue.take("mine", "gone")
    watch.look()
    seconds.now += 1
    watch.look()
    assert quiet_lab.store.queue.take("mine", "w2") == run_id


def test_a_run_that_was_asked_to_stop_is_given_its_time_and_then_stopped(quiet_lab, watch, run_id, seconds, workers):
    quiet_lab.store.progress.request_cancel([run_id])
    watch.look()
    seconds.now += STOP_SECONDS - 1
    watch.look()
    assert workers.restarted == []
    seconds.now += 1
    watch.look()
    assert workers.restarted == ["w1"]
    run = quiet_lab.store.runs.find(run_id)
    assert (run.state, run.message) == (RunState.CANCELLED, FORCED)


def test_runs_of_an_engine_whose_process_is_gone_are_interrupted_at_once(quiet_lab, watch):
    (run_id,) = quiet_lab.queue("finish")
    quiet_lab.store.progress.begin(run_id, "other")
    quiet_lab.store.engines.beat("other", "here", 2**22 + 1)  # beyond the greatest process id
    watch.look()
    run = quiet_lab.store.runs.find(run_id)
    assert (run.state, run.message) == (RunState.INTERRUPTED, ORPHANED)
    assert [engine.id for engine in quiet_lab.store.engines.all()] == ["mine"]


def test_runs_of_an_engine_elsewhere_are_interrupted_when_it_falls_silent(quiet_lab, watch, seconds):
    (run_id,) = quiet_lab.queue("finish")
    quiet_lab.store.progress.begin(run_id, "other")
    for _ in range(5):
        quiet_lab.store.engines.beat("other", "elsewhere", 1)
        watch.look()
        seconds.now += SILENCE_SECONDS - 1
    assert quiet_lab.states([run_id]) == [RunState.PREPARING]
    watch.look()
    seconds.now += SILENCE_SECONDS
    watch.look()
    assert quiet_lab.states([run_id]) == [RunState.INTERRUPTED]


def test_runs_of_an_engine_that_nobody_knows_are_interrupted(quiet_lab, watch):
    (run_id,) = quiet_lab.queue("finish")
    quiet_lab.store.progress.begin(run_id, "never heard of")
    watch.look()
    assert quiet_lab.states([run_id]) == [RunState.INTERRUPTED]
