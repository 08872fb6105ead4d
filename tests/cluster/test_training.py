"""Training on the cluster from the command line, whatever breaks meanwhile."""

import time

import pytest

from seqcore.store import RunState
from tests.cluster.laboratory import SECONDS, ClusterLab
from tests.cluster.postgres import Postgres
from tests.waiting import until

pytestmark = pytest.mark.cluster
OUTAGE_SECONDS = 10.0
EPOCHS = 300  # some seconds
TO_THE_END = ["--set", "early_stopping=0"]
LONG = ["--architectures", "rnn", "--epochs", str(EPOCHS), *TO_THE_END]


def test_two_models_are_trained_side_by_side_to_the_end(lab: ClusterLab) -> None:
    printed = lab.start_training("--architectures", "rnn,lstm_attention", "--epochs", "10", *TO_THE_END).results()
    assert [run["architecture"] for run in printed["runs"]] == ["rnn", "lstm_attention"]
    assert all(run["state"] == "finished" and run["epochs"] == 10 for run in printed["runs"])
    assert min(run["test"]["accuracy"] for run in printed["runs"]) > 0.9
    workers = {lab.store.runs.find(run["run"]).worker for run in printed["runs"]}
    assert len(workers) == 2
    assert all(worker.startswith("tls://") for worker in workers)
    for run in printed["runs"]:
        assert lab.epochs_told(run["run"]) == list(range(1, 11))
        assert lab.store.artifacts.has(run["run"], "model.keras")


def test_a_run_whose_worker_is_killed_goes_on_with_the_other_worker(lab: ClusterLab) -> None:
    training = lab.start_training(*LONG)
    (run,) = lab.runs_in_mid_training(training, count=1)
    first_row = lab.first_row(run.id)
    lab.cluster.kill_worker(run.worker)
    lab.cluster.add_worker("train=1")
    (printed,) = training.results()["runs"]
    assert (printed["state"], printed["epochs"]) == ("finished", EPOCHS)
    assert lab.store.runs.find(run.id).worker != run.worker
    assert lab.first_row(run.id) == first_row, "it began anew instead of going on from its checkpoint"
    assert lab.epochs_told(run.id) == list(range(1, EPOCHS + 1))


def test_runs_go_on_when_the_database_is_gone_for_ten_seconds(lab: ClusterLab, postgres: Postgres) -> None:
    training = lab.start_training(*LONG, "--seeds", "0,1")
    runs = lab.runs_in_mid_training(training, count=2)
    before = {run.id: lab.store.measurements.rows([run.id]) for run in runs}
    stopped = time.monotonic()
    postgres.stop()
    until(lambda: time.monotonic() - stopped > OUTAGE_SECONDS)
    postgres.start()
    printed = training.results()["runs"]
    assert [(run["state"], run["epochs"]) for run in printed] == [("finished", EPOCHS)] * 2
    for run in runs:
        assert lab.store.measurements.rows([run.id])[: len(before[run.id])] == before[run.id]
        assert lab.epochs_told(run.id) == list(range(1, EPOCHS + 1))


def test_a_run_that_is_stopped_from_elsewhere_keeps_what_it_learned(lab: ClusterLab) -> None:
    training = lab.start_training(*LONG)
    (run,) = lab.runs_in_mid_training(training, count=1)
    lab.store.progress.request_cancel([run.id])
    (printed,) = training.results()["runs"]
    assert printed["state"] == RunState.CANCELLED
    assert 0 < printed["epochs"] < EPOCHS
    assert until(lambda: lab.store.artifacts.has(run.id, "model.keras"), SECONDS)
