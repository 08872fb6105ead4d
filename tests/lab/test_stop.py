"""Stop stops: what waits, what trains, and what only seems to."""

import os

import pytest

from seqcore.engine.presence import SILENCE_SECONDS, Identity
from seqcore.errors import NotFoundError
from seqcore.lab.stop import ABANDONED, stop_runs
from seqcore.store import RunState

HERE = Identity.of_this_process().host
NO_PROCESS = 2**22 + 1  # beyond the greatest process id


@pytest.fixture(params=["an engine", "no engine"])
def maybe_engine(request, engine):
    """Promises that hold whether this process has an engine or not."""
    return engine if request.param == "an engine" else None


@pytest.fixture
def going(store, experiment):
    """A run that an engine began; the other one waits."""
    store.progress.begin(experiment.run_ids[0], "engine")
    return experiment.run_ids[0]


def test_runs_that_wait_are_over_at_once(store, experiment, maybe_engine):
    stop_runs(store, "me", experiment.run_ids, engine=maybe_engine)
    assert set(store.runs.states(experiment.run_ids).values()) == {RunState.CANCELLED}


def test_a_run_that_waits_for_a_worker_of_a_living_engine_is_over_at_once_too(store, experiment, maybe_engine):
    store.engines.beat("engine", HERE, os.getpid())
    store.queue.claim(experiment.run_ids, "engine")
    taken = store.queue.take("engine", "worker")
    stop_runs(store, "me", experiment.run_ids, engine=maybe_engine)
    assert store.runs.find(taken).state is RunState.CANCELLED
    assert not store.progress.begin(taken, "engine")


def test_a_run_that_trains_in_a_living_engine_is_asked_and_left_to_it(store, going, maybe_engine):
    store.engines.beat("engine", HERE, os.getpid())
    stop_runs(store, "me", [going], engine=maybe_engine)
    run = store.runs.find(going)
    assert (run.state, run.cancel_requested) == (RunState.PREPARING, True)


def test_the_engine_is_told_of_every_run(store, experiment, going, engine):
    stop_runs(store, "me", experiment.run_ids, engine=engine)
    assert engine.stopped == list(experiment.run_ids)


def test_a_run_whose_engine_never_was_or_signed_out_is_over_at_once(store, going, maybe_engine):
    stop_runs(store, "me", [going], engine=maybe_engine)
    run = store.runs.find(going)
    assert (run.state, run.message) == (RunState.CANCELLED, ABANDONED)


def test_a_run_whose_engine_was_killed_on_this_machine_is_over_at_once(store, going, maybe_engine):
    store.engines.beat("engine", HERE, NO_PROCESS)
    stop_runs(store, "me", [going], engine=maybe_engine)
    assert store.runs.find(going).state is RunState.CANCELLED


def test_a_run_whose_engine_fell_silent_elsewhere_is_over_at_once(store, going, clock, maybe_engine):
    store.engines.beat("engine", "elsewhere", 1)
    clock.forward(SILENCE_SECONDS)
    stop_runs(store, "me", [going], engine=maybe_engine)
    assert store.runs.find(going).state is RunState.CANCELLED


def test_nothing_is_kept_for_a_run_that_cannot_be_resumed(store, going):
    store.artifacts.write(going, "checkpoint.npz", b"kept so far")
    stop_runs(store, "me", [going], engine=None)
    assert not store.artifacts.has(going, "checkpoint.npz")


def test_an_engine_that_was_there_after_all_changes_nothing_any_more(store, going):
    stop_runs(store, "me", [going], engine=None)
    assert store.progress.record(going, [], epoch=1.0, texts_per_second=1.0)  # it learns that it is to stop
    assert not store.progress.finish(going, state=RunState.FINISHED)
    assert store.runs.find(going).state is RunState.CANCELLED


def test_what_is_done_stays_as_it_is(store, experiment, maybe_engine):
    store.progress.finish(experiment.run_ids[0], state=RunState.INTERRUPTED, message="The app was closed.")
    stop_runs(store, "me", experiment.run_ids, engine=maybe_engine)
    run = store.runs.find(experiment.run_ids[0])
    assert (run.state, run.message) == (RunState.INTERRUPTED, "The app was closed.")


def test_nobody_stops_the_runs_of_another_workspace_nor_ones_own_beside_them(store, experiment, data, specs, engine):
    theirs = store.experiments.add("you", store.datasets.add("you", data).id, specs)
    for given in (None, engine):
        with pytest.raises(NotFoundError):
            stop_runs(store, "me", [*experiment.run_ids, *theirs.run_ids], engine=given)
    assert engine.stopped == []
    assert {run.state for run in [*store.runs.all("me"), *store.runs.all("you")]} == {RunState.QUEUED}
