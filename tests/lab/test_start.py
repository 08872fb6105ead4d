import pytest

from seqcore.errors import EngineError, LimitError
from seqcore.lab.start import start_experiment
from seqcore.store import Limits, RunState


def test_what_is_started_is_handed_over_in_order_and_comes_back_with_its_ids(store, engine, data, specs):
    experiment = start_experiment(store, "me", data, specs, submit=engine.submit)
    runs = store.runs.of("me", experiment.id)
    assert [run.architecture for run in runs] == ["rnn", "lstm"]
    assert list(experiment.run_ids) == engine.submitted == [run.id for run in runs]
    assert store.datasets.get("me", experiment.dataset_id).content_hash == data.content_hash


def test_the_same_data_are_kept_once_for_each_workspace(store, engine, data, specs):
    for workspace in ("me", "me", "you"):
        start_experiment(store, workspace, data, specs, submit=engine.submit)
    assert (len(store.datasets.all("me")), len(store.datasets.all("you"))) == (1, 1)


def test_what_is_refused_reaches_no_engine(store, engine, data, specs):
    store.allowance.limits = Limits(1, 10**9)
    with pytest.raises(LimitError):
        start_experiment(store, "me", data, specs, submit=engine.submit)
    assert engine.submitted == []
    assert store.experiments.all("me") == []


def test_an_engine_that_takes_nothing_leaves_the_runs_waiting(store, data, specs):
    def stopped(_run_ids):
        raise EngineError("The training engine has stopped")

    with pytest.raises(EngineError):
        start_experiment(store, "me", data, specs, submit=stopped)
    assert {run.state for run in store.runs.all("me")} == {RunState.QUEUED}
