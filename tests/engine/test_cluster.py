"""A cluster that others keep: a real scheduler and a real worker on the loopback."""

import os
import subprocess
import sys

import pytest

from scripts.running_app import free_port
from seqcore.engine import Engine, connection, shared_cluster
from seqcore.settings import Settings
from seqcore.store import DONE, RunState
from tests.engine.fake_jobs import Asked
from tests.engine.laboratory import Lab, is_alive, training_workers
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.engine
QUIET = ["--no-dashboard", "--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]


@pytest.fixture
def dask(tmp_path):
    """Starts Dask's own commands, ends them afterwards."""
    started = []
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}

    def start(*arguments):
        command = [sys.executable, "-m", "dask", *arguments]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, cwd=tmp_path)
        started.append(process)
        return process

    yield start
    for process in reversed(started):
        process.terminate()
        process.wait(10)


@pytest.fixture
def start_scheduler(dask):
    """Starts one on a port; gives its process."""
    return lambda port: dask("scheduler", *QUIET, "--port", str(port))


@pytest.fixture
def start_worker(dask):
    """Starts one that offers these resources."""

    def start_worker(port, resources):
        options = ["--resources", resources, "--nthreads", "1"]
        return dask("worker", f"tcp://127.0.0.1:{port}", *QUIET, *options)

    return start_worker


@pytest.fixture
def make_lab(tmp_path):
    def make_lab(port, **settings):
        lab = Lab(tmp_path)
        address = f"tcp://127.0.0.1:{port}"
        lab.settings = Settings(home=tmp_path, scheduler=address, inspection_timeout=PATIENCE, **settings)
        return lab

    return make_lab


@pytest.fixture
def cluster_lab(make_lab, start_scheduler, start_worker):
    port = free_port()
    start_scheduler(port)
    start_worker(port, "train=1 inspect=1")
    return make_lab(port)


def join(lab):
    return Engine.start(lab.settings, jobs="tests.engine.fake_jobs")


def test_runs_on_a_cluster_outlive_the_app_and_are_found_again(cluster_lab):
    first = join(cluster_lab)
    run_ids = cluster_lab.queue("until_cancelled", "finish")
    first.submit(run_ids)
    cluster_lab.reached(run_ids[0], RunState.TRAINING)
    first.close()
    assert cluster_lab.states(run_ids) == [RunState.TRAINING, RunState.QUEUED]
    second = join(cluster_lab)
    second.stop([run_ids[0]])
    cluster_lab.reached(run_ids[1], RunState.FINISHED)
    assert cluster_lab.states(run_ids) == [RunState.CANCELLED, RunState.FINISHED]
    assert second.ask("echo", "x", Asked(said={"a": 1})) == Asked(said={"a": 1})
    assert training_workers(second) == 1
    second.close()


def test_trainings_that_want_a_gpu_wait_for_a_worker_that_offers_one(make_lab, start_scheduler, start_worker):
    port = free_port()
    start_scheduler(port)
    start_worker(port, "train=1")
    lab = make_lab(port, gpu="only")
    engine = join(lab)
    resources = until(lambda: engine._connection.client.scheduler_info()["workers"])
    assert [worker["resources"] for worker in resources.values()] == [{"train": 1}]
    (run_id,) = lab.queue("finish")
    engine.submit([run_id])
    assert training_workers(engine) == 0
    assert lab.states([run_id]) == [RunState.QUEUED]
    start_worker(port, "train=1,gpu=1")
    run = lab.reached(run_id, RunState.FINISHED)
    offered = engine._connection.client.scheduler_info()["workers"]
    assert offered[run.worker]["resources"] == {"train": 1, "gpu": 1}
    assert training_workers(engine) == 1
    engine.close()


def test_runs_wait_for_a_scheduler_that_is_away_and_go_on_when_it_is_back(
    make_lab, start_scheduler, start_worker, monkeypatch
):
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 3.0)
    monkeypatch.setattr(shared_cluster, "CLUSTER_GRACE", 1.0)
    port = free_port()
    scheduler, worker = start_scheduler(port), start_worker(port, "train=1")
    lab = make_lab(port)
    engine = join(lab)
    going, waiting = lab.queue("until_cancelled", "finish")
    engine.submit([going, waiting])
    lost = lab.reached(going, RunState.TRAINING).worker
    for process in (scheduler, worker):
        process.kill()
        process.wait(10)
    until(lambda: not is_alive(engine))
    start_scheduler(port)
    start_worker(port, "train=1")
    until(lambda: lab.store.runs.find(going).worker not in ("", lost) or lab.states([waiting]) == [RunState.FINISHED])
    engine.stop([going])  # whichever of them the new worker took first
    lab.reached(waiting, RunState.FINISHED)
    lab.reached(going, *DONE)
    engine.close()


def test_a_run_that_lost_its_worker_while_no_app_was_there_goes_on_when_one_is(
    make_lab, start_scheduler, start_worker, monkeypatch
):
    monkeypatch.setattr(shared_cluster, "CLUSTER_GRACE", 1.0)
    port = free_port()
    start_scheduler(port)
    worker = start_worker(port, "train=1")
    lab = make_lab(port)
    first = join(lab)
    (run_id,) = lab.queue("until_cancelled")
    first.submit([run_id])
    lost = lab.reached(run_id, RunState.TRAINING).worker
    first.close()
    worker.kill()
    worker.wait(10)
    start_worker(port, "train=1")
    second = join(lab)
    until(lambda: lab.store.runs.find(run_id).worker not in ("", lost))
    second.stop([run_id])
    assert lab.reached(run_id, *DONE).state is RunState.CANCELLED
    second.close()
