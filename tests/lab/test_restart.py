import pytest

from seqcore.errors import NotFoundError, TrainingError
from seqcore.lab.restart import can_be_restarted, restart_runs
from seqcore.store import RunState


@pytest.mark.parametrize("state", [RunState.CANCELLED, RunState.FAILED])
def test_what_was_stopped_is_trained_again_with_the_same_settings_beside_what_is_left_of_it(
    store, engine, experiment, state
):
    run_id = experiment.run_ids[0]
    store.progress.finish(run_id, state=state)
    new = restart_runs(store, "me", [run_id], submit=engine.submit)
    (run,) = store.runs.of("me", new.id)
    assert engine.submitted == [run.id]
    assert run.spec == store.runs.find(run_id).spec
    assert (new.name, new.dataset_id) == (experiment.name, experiment.dataset_id)
    assert store.runs.find(run_id).state is state


def test_what_runs_or_belongs_to_another_is_not_started_again(store, engine, experiment):
    stopped, waiting = experiment.run_ids[:2]
    store.progress.finish(stopped, state=RunState.CANCELLED)
    assert not can_be_restarted(store.runs.find(waiting))
    with pytest.raises(TrainingError, match=f"{waiting} is queued"):
        restart_runs(store, "me", [stopped, waiting], submit=engine.submit)
    with pytest.raises(NotFoundError):
        restart_runs(store, "you", [stopped], submit=engine.submit)
    assert engine.submitted == []
