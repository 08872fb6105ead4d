import gc
import multiprocessing
import os
import sqlite3
import threading
import weakref
from collections.abc import Callable

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from seqcore.errors import StorageError
from seqcore.store import MetricRow, RunState, Store, schema
from tests.waiting import PATIENCE


def write_much(url, artifacts, run_id, count, failures):
    try:
        store = Store(url, artifacts)
        for step in range(count):
            store.progress.record(
                run_id, [MetricRow("train", 0.0, step, 0.0, 0.5, 0.5)], epoch=0.0, texts_per_second=1.0
            )
    except Exception as error:
        failures.put(repr(error))


def test_several_processes_write_at_once_and_nothing_is_lost(store, run_ids, reach):
    for run_id in run_ids:
        reach(run_id, RunState.TRAINING)
    context = multiprocessing.get_context("spawn")
    failures = context.SimpleQueue()
    places = (store.database_url, store.artifacts_url)
    writers = [context.Process(target=write_much, args=(*places, run_id, 60, failures)) for run_id in run_ids]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(PATIENCE)
    assert failures.empty()
    assert len(store.measurements.rows(run_ids)) == 60 * len(run_ids)


def open_at_once(url, artifacts, ready, failures):
    try:
        ready.wait(30)
        Store(url, artifacts)
    except Exception as error:
        failures.put(repr(error))


def test_several_processes_may_create_the_database_at_once(url, tmp_path):
    context = multiprocessing.get_context("spawn")
    failures, ready = context.SimpleQueue(), context.Barrier(4)
    openers = [context.Process(target=open_at_once, args=(url, str(tmp_path), ready, failures)) for _ in range(4)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join(PATIENCE)
    assert failures.empty()


def test_several_threads_share_a_store(store, run_ids, reach):
    reach(run_ids[0], RunState.TRAINING)
    row = MetricRow("train", 0.0, 1, 0.0, 0.5, 0.5)

    def work():
        for _ in range(30):
            store.progress.record(run_ids[0], [row], epoch=0.0, texts_per_second=1.0)
            store.measurements.rows(run_ids)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.measurements.rows(run_ids)) == 240


def status_of_child(work: Callable[[], bool]) -> int:
    """How a forked process ends that does this: 0 when it gave True."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if work() else 1)
        except BaseException:
            os._exit(2)
    return os.waitpid(child, 0)[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_process_uses_connections_of_its_own(store, run_ids):
    store.runs.all("me")
    assert status_of_child(lambda: store.progress.begin(run_ids[0], "child") and len(store.runs.all("me")) == 3) == 0
    assert store.runs.find(run_ids[0]).engine == "child"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_fork_in_the_middle_of_a_transaction_leaves_it_to_the_parent(store, run_ids):
    with store.database.writing() as connection:
        connection.execute(schema.runs.update().values(name="changed"))
        seen = status_of_child(lambda: "changed" not in {run.name for run in store.runs.all("me")})
    assert seen == 0
    assert {run.name for run in store.runs.all("me")} == {"changed"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_fork_of_a_fork_has_connections_of_its_own_too(store, run_ids):
    store.runs.all("me")
    assert status_of_child(lambda: status_of_child(lambda: store.progress.begin(run_ids[0], "grandchild")) == 0) == 0
    assert store.runs.find(run_ids[0]).engine == "grandchild"


def test_a_store_that_nobody_uses_any_more_is_not_kept_for_forks(url, tmp_path):
    forgotten = weakref.ref(Store(url, str(tmp_path)).database)
    gc.collect()
    assert forgotten() is None


@pytest.mark.sqlite
def test_sqlite_is_set_up_for_many_readers_and_writers(store):
    with store.database.reading() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        ]
    assert settings == ["wal", 1, 5000, 1]


@pytest.mark.sqlite
def test_a_writer_holds_its_lock_from_the_beginning(store):
    path = store.database._url.database
    with store.database.writing():
        other = sqlite3.connect(path, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_a_worker_outlasts_a_database_that_is_locked_for_a_while(store, run_ids, monkeypatch):
    store.progress.begin(run_ids[0], "engine")
    calls = []
    writing = store.database.writing

    def locked_twice():
        calls.append(1)
        if len(calls) < 3:
            raise StorageError("The database is busy")
        return writing()

    monkeypatch.setattr(store.database, "writing", locked_twice)
    assert store.progress.set_state(run_ids[0], RunState.TRAINING)
    assert len(calls) == 3


def test_an_error_undoes_the_whole_transaction(store, run_ids):
    with pytest.raises(ZeroDivisionError), store.database.writing() as connection:
        connection.execute(schema.runs.update().values(name="changed"))
        raise ZeroDivisionError
    assert "changed" not in {run.name for run in store.runs.all("me")}


@pytest.mark.sqlite
def test_metrics_are_found_by_index(store):
    with store.database.reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM metrics WHERE run_id IN ('a', 'b') AND id > 5 ORDER BY id"
        ).all()
    assert "USING INDEX ix_metrics_run_id_id (run_id=? AND id>?)" in str(plan)


def test_the_tables_can_be_made_in_postgresql():
    dialect = postgresql.dialect()
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in schema.metadata.sorted_tables]
    statements += [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in schema.metadata.sorted_tables
        for index in table.indexes
    ]
    assert any("TIMESTAMP WITH TIME ZONE" in statement for statement in statements)
    assert any("BIGSERIAL" in statement for statement in statements)
