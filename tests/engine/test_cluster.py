"""A cluster that others keep: a real scheduler and a real worker on the loopback."""

import json
import os
import subprocess
import sys

import pytest

from seqcore.engine import Engine
from seqcore.settings import Settings
from seqcore.store import RunState
from tests.engine.laboratory import Lab
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.engine
QUIET = ["--no-dashboard", "--host", "127.0.0.1"]


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
def cluster_lab(tmp_path, dask):
    file = tmp_path / "scheduler.json"
    dask("scheduler", *QUIET, "--port", "0", "--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(file))
    resources = ["--resources", "train=1 inspect=1", "--nthreads", "1", "--dashboard-address", "127.0.0.1:0"]
    dask("worker", *QUIET, "--scheduler-file", str(file), *resources)
    until(file.exists)
    lab = Lab(tmp_path)
    lab.settings = Settings(
        home=tmp_path, scheduler=json.loads(file.read_text())["address"], inspection_timeout=PATIENCE
    )
    return lab


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
    second.cancel([run_ids[0]])
    cluster_lab.reached(run_ids[1], RunState.FINISHED)
    assert cluster_lab.states(run_ids) == [RunState.CANCELLED, RunState.FINISHED]
    assert second.ask("echo", "x", {"a": 1}) == {"a": 1}
    assert second.status().workers == 1
    second.close()
