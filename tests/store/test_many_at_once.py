"""Many threads, each with connections of its own as processes have them, at one database."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from seqcore.store import MetricRow, RunState
from tests.waiting import until

WORKERS = 8


@pytest.fixture
def together():
    """Does the same in many threads that begin at one moment; gives what each of them gave."""

    def together(act):
        gate = threading.Barrier(WORKERS)

        def work(number):
            gate.wait(30)
            return act(number)

        with ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(work, range(WORKERS)))

    return together


def test_many_workers_that_take_at_once_get_each_run_once(store, make_store, dataset, spec, together):
    experiment = store.experiments.add("me", dataset.id, [spec(seed=seed) for seed in range(4 * WORKERS)])
    waiting = [run.id for run in store.runs.of("me", experiment.id)]
    store.queue.claim(waiting, "engine")
    stores = [make_store() for _ in range(WORKERS)]

    def take_until_none_waits(number):
        taken = []
        while (run_id := stores[number].queue.take("engine", f"worker {number}")) is not None:
            taken.append(run_id)
        return taken

    taken = [run_id for found in together(take_until_none_waits) for run_id in found]
    assert sorted(taken) == sorted(waiting)


def test_a_run_that_many_workers_begin_at_once_is_begun_by_one(run_ids, make_store, together):
    stores = [make_store() for _ in range(WORKERS)]
    assert sum(together(lambda number: stores[number].progress.begin(run_ids[0], f"engine {number}"))) == 1


def test_a_reader_that_asks_for_what_is_new_misses_nothing_while_many_write(
    store, make_store, run_ids, reach, together
):
    reach(run_ids[0], RunState.TRAINING)
    stores = [make_store() for _ in range(WORKERS)]
    seen, over = [], threading.Event()

    def read():
        while True:
            last_look = over.is_set()
            seen.extend(store.measurements.rows(run_ids, after=seen[-1][0] if seen else 0))
            if last_look:
                return

    def write(number):
        for step in range(20):
            row = MetricRow("train", number, step, 0.0, 0.5, 0.5)
            stores[number].progress.record(run_ids[0], [row, row], epoch=0.0, texts_per_second=1.0)

    reader = threading.Thread(target=read)
    reader.start()
    together(write)
    over.set()
    reader.join(60)
    until(lambda: not reader.is_alive())
    assert len(seen) == 2 * 20 * WORKERS
    assert seen == store.measurements.rows(run_ids)
