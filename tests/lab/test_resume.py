import pytest

from seqcore.errors import NotFoundError, TrainingError
from seqcore.lab.resume import interrupted_runs, resume_runs
from seqcore.store import RunState


@pytest.fixture
def interrupted(store, experiment):
    run_id = experiment.run_ids[0]
    store.progress.finish(run_id, state=RunState.INTERRUPTED)
    return run_id


def test_interrupted_runs_wait_again_and_are_handed_over(store, engine, experiment, interrupted):
    assert resume_runs(store, "me", experiment.run_ids, submit=engine.submit) == [interrupted]
    assert engine.submitted == [interrupted]
    assert store.runs.find(interrupted).state is RunState.QUEUED


def test_nobody_resumes_the_runs_of_another_workspace(store, engine, interrupted):
    assert resume_runs(store, "you", [interrupted], submit=engine.submit) == []
    assert store.runs.find(interrupted).state is RunState.INTERRUPTED
    with pytest.raises(NotFoundError):
        interrupted_runs(store, "you", [interrupted])


def test_whoever_wants_each_of_them_resumed_is_told_which_cannot_be(store, experiment, interrupted):
    assert [run.id for run in interrupted_runs(store, "me", [interrupted])] == [interrupted]
    with pytest.raises(TrainingError, match=f"{experiment.run_ids[1]} is queued"):
        interrupted_runs(store, "me", experiment.run_ids)
