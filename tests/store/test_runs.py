import math

import pytest

from seqcore.errors import NotFoundError, SeqlabError
from seqcore.store import ACTIVE, DONE, MetricRow, RunState

STATES = list(RunState)
FORWARD = [RunState.QUEUED, RunState.PREPARING, RunState.TRAINING, RunState.EVALUATING, RunState.FINISHED]
EARLY = {RunState.CANCELLED, RunState.FAILED, RunState.INTERRUPTED}


def row(step, split="train", loss=0.5):
    return MetricRow(split, step / 10, step, step / 100, loss, 0.25)


def test_every_state_is_either_active_or_done():
    assert set(RunState) == ACTIVE | DONE
    assert not ACTIVE & DONE


@pytest.mark.parametrize("then", STATES)
@pytest.mark.parametrize("now", STATES)
def test_a_run_goes_forward_one_stage_at_a_time_and_an_end_is_final(store, run_ids, reach, now, then):
    reach(run_ids[0], now)
    legal = now in ACTIVE and (then in EARLY or then is now or FORWARD.index(then) == FORWARD.index(now) + 1)
    if now in ACTIVE and not legal:
        with pytest.raises(ValueError, match="cannot become"):
            store.progress.set_state(run_ids[0], then)
    else:
        assert store.progress.set_state(run_ids[0], then) is (now in ACTIVE)
    assert store.runs.find(run_ids[0]).state is (then if legal else now)


def test_a_queued_run_begins_once(store, run_ids):
    assert store.progress.begin(run_ids[0], "engine")
    assert not store.progress.begin(run_ids[0], "other")
    assert store.runs.find(run_ids[0]).engine == "engine"


def test_a_cancelled_or_deleted_run_does_not_begin(store, run_ids):
    store.progress.request_cancel(run_ids[:2])
    store.runs.delete("me", [run_ids[1]])
    assert not store.progress.begin(run_ids[0], "engine")
    assert not store.progress.begin(run_ids[1], "engine")


def test_what_a_run_reports_is_found(store, run_ids, clock):
    run_id = run_ids[0]
    clock.forward(2)
    store.progress.begin(run_id, "engine")
    store.progress.set_state(run_id, RunState.TRAINING, parameters=123)
    assert not store.progress.record(run_id, [row(1), row(2)], epoch=0.2, texts_per_second=50.0)
    run = store.runs.find(run_id)
    assert (run.parameters, run.epoch, run.step, run.texts_per_second) == (123, 0.2, 2, 50.0)
    store.progress.set_state(run_id, RunState.EVALUATING)
    clock.forward(3)
    assert store.progress.finish(
        run_id, state=RunState.FINISHED, results={"test": {"accuracy": 0.9}}, seconds={"training": 3.0}
    )
    run = store.runs.get("me", run_id)
    assert run.seconds == {"queued": 2.0, "total": 5.0, "training": 3.0}
    assert run.results == {"test": {"accuracy": 0.9}}
    assert (run.finished - run.started).total_seconds() == 3.0


def test_a_field_that_workers_do_not_report_is_refused(store, run_ids):
    store.progress.begin(run_ids[0], "engine")
    with pytest.raises(ValueError, match="workspace"):
        store.progress.set_state(run_ids[0], RunState.TRAINING, workspace="other")


def test_a_clock_that_goes_back_gives_no_negative_seconds(store, run_ids, clock):
    clock.forward(-3600)
    store.progress.begin(run_ids[0], "engine")
    store.progress.finish(run_ids[0], state=RunState.FAILED)
    assert min(store.runs.find(run_ids[0]).seconds.values()) == 0.0


def test_a_done_run_stays_as_it_is(store, run_ids, reach):
    reach(run_ids[0], RunState.FINISHED)
    before = store.runs.find(run_ids[0])
    assert not store.progress.finish(run_ids[0], state=RunState.FAILED, message="late")
    assert not store.progress.set_state(run_ids[0], RunState.TRAINING)
    assert store.progress.record(run_ids[0], [row(1)], epoch=9.0, texts_per_second=1.0)
    assert store.progress.request_cancel([run_ids[0]]) == []
    assert store.runs.find(run_ids[0]) == before
    assert store.measurements.rows(run_ids) == []


def test_cancelling_ends_queued_runs_and_asks_active_ones(store, run_ids, reach):
    reach(run_ids[0], RunState.TRAINING)
    assert store.progress.request_cancel([*run_ids, "no such run"]) == [run_ids[0]]
    assert store.runs.find(run_ids[0]).state is RunState.TRAINING
    assert store.runs.find(run_ids[0]).cancel_requested
    assert store.runs.find(run_ids[1]).state is RunState.CANCELLED
    assert store.progress.record(run_ids[0], [row(1)], epoch=0.1, texts_per_second=1.0)


def test_numbers_that_are_none_are_kept_as_such(store, run_ids, reach):
    reach(run_ids[0], RunState.TRAINING)
    store.progress.record(run_ids[0], [row(1, loss=math.nan), row(2, loss=math.inf)], epoch=0.1, texts_per_second=1.0)
    assert all(math.isnan(metric.loss) for _, _, metric in store.measurements.rows(run_ids))
    store.progress.finish(run_ids[0], state=RunState.FAILED, results={"test": {"loss": math.nan}}, message="nul \x00")
    assert store.runs.find(run_ids[0]).results == {"test": {"loss": None}}


def test_metrics_after_a_row_are_those_that_are_new(store, run_ids, reach):
    for run_id in run_ids[:2]:
        reach(run_id, RunState.TRAINING)
    for step in range(1, 4):
        for run_id in run_ids[:2]:
            store.progress.record(run_id, [row(step)], epoch=0.1, texts_per_second=1.0)
    everything = store.measurements.rows(run_ids)
    assert [(run_id, metric.step) for _, run_id, metric in everything] == [
        (run_id, step) for step in range(1, 4) for run_id in run_ids[:2]
    ]
    assert store.measurements.rows(run_ids, after=everything[2][0]) == everything[3:]
    assert store.measurements.rows([run_ids[2]]) == store.measurements.rows([]) == []


@pytest.mark.parametrize("count", [1, 2, 3, 9, 10, 11, 57, 100])
def test_thinned_metrics_keep_the_ends_and_never_exceed_their_number(store, run_ids, reach, count):
    reach(run_ids[0], RunState.TRAINING)
    rows = [row(step, split) for step in range(count) for split in ("train", "validation")]
    store.progress.record(run_ids[0], rows, epoch=1.0, texts_per_second=1.0)
    thinned = store.measurements.thinned(run_ids, points=10)
    for split in ("train", "validation"):
        steps = [metric.step for _, _, metric in thinned if metric.split == split]
        assert (steps[0], steps[-1]) == (0, count - 1)
        assert min(count, 5) <= len(steps) <= 10
    assert thinned == [found for found in store.measurements.rows(run_ids) if found in thinned]


def test_deleting_a_run_takes_its_numbers_and_files_along(store, run_ids, reach):
    reach(run_ids[0], RunState.TRAINING)
    store.progress.record(run_ids[0], [row(1)], epoch=0.1, texts_per_second=1.0)
    store.artifacts.write(run_ids[0], "model.keras", b"weights")
    store.progress.finish(run_ids[0], state=RunState.FAILED)
    store.runs.delete("me", [run_ids[0]])
    assert store.measurements.rows(run_ids) == []
    assert not store.artifacts.has(run_ids[0], "model.keras")
    with pytest.raises(NotFoundError):
        store.runs.find(run_ids[0])


@pytest.mark.parametrize("state", sorted(ACTIVE))
def test_an_active_run_is_not_deleted_and_neither_are_the_others(store, run_ids, reach, state):
    reach(run_ids[0], state)
    reach(run_ids[1], RunState.CANCELLED)
    with pytest.raises(SeqlabError, match="Stop it first"):
        store.runs.delete("me", run_ids[:2])
    assert len(store.runs.all("me")) == 3


def test_a_worker_that_goes_on_with_a_deleted_run_is_told_to_stop(store, run_ids):
    store.progress.begin(run_ids[0], "engine")
    store.progress.finish(run_ids[0], state=RunState.CANCELLED)
    store.runs.delete("me", [run_ids[0]])
    assert store.progress.record(run_ids[0], [row(1)], epoch=0.1, texts_per_second=1.0)
    assert not store.progress.finish(run_ids[0], state=RunState.FINISHED)


def test_a_run_that_goes_back_forgets_what_it_reported_beyond(store, run_ids, reach):
    for run_id in run_ids[:2]:
        reach(run_id, RunState.TRAINING)
        store.progress.record(run_id, [row(step) for step in range(1, 26)], epoch=2.5, texts_per_second=1.0)
    store.progress.rewind(run_ids[0], 1)
    assert [found.epoch for _, _, found in store.measurements.rows([run_ids[0]])] == [
        step / 10 for step in range(1, 11)
    ]
    assert len(store.measurements.rows([run_ids[1]])) == 25
    run = store.runs.find(run_ids[0])
    assert (run.epoch, run.step) == (1.0, 10)
    store.progress.rewind(run_ids[0], 0)
    assert store.measurements.rows([run_ids[0]]) == []
    assert store.runs.find(run_ids[0]).step == 0


def test_the_numbers_of_a_done_run_stay(store, run_ids, reach):
    reach(run_ids[0], RunState.TRAINING)
    store.progress.record(run_ids[0], [row(10)], epoch=1.0, texts_per_second=1.0)
    store.progress.finish(run_ids[0], state=RunState.CANCELLED)
    store.progress.rewind(run_ids[0], 0)
    store.progress.rewind("unknown", 0)
    assert len(store.measurements.rows([run_ids[0]])) == 1
