import pytest

from seqcore.errors import NotFoundError, SeqlabError
from seqcore.lab.delete import delete_dataset, delete_experiment, delete_run, used_datasets
from seqcore.lab.stop import stop_runs


def test_what_is_still_going_or_in_use_is_not_deleted(store, experiment):
    for delete in (
        lambda: delete_run(store, "me", experiment.run_ids[0]),
        lambda: delete_experiment(store, "me", experiment.id),
        lambda: delete_dataset(store, "me", experiment.dataset_id),
    ):
        with pytest.raises(SeqlabError):
            delete()
    assert len(store.runs.all("me")) == 2


def test_what_was_stopped_is_deleted_run_by_run_then_the_experiment_then_its_data(store, experiment):
    stop_runs(store, "me", experiment.run_ids, engine=None)
    delete_run(store, "me", experiment.run_ids[0])
    assert [run.id for run in store.runs.all("me")] == [experiment.run_ids[1]]
    assert used_datasets(store, "me") == {experiment.dataset_id}
    delete_experiment(store, "me", experiment.id)
    assert used_datasets(store, "me") == set()
    delete_dataset(store, "me", experiment.dataset_id)
    assert store.datasets.all("me") == store.experiments.all("me") == store.runs.all("me") == []


def test_nobody_deletes_what_is_in_another_workspace(store, experiment):
    stop_runs(store, "me", experiment.run_ids, engine=None)
    for delete in (
        lambda: delete_run(store, "you", experiment.run_ids[0]),
        lambda: delete_experiment(store, "you", experiment.id),
        lambda: delete_dataset(store, "you", experiment.dataset_id),
    ):
        with pytest.raises(NotFoundError):
            delete()
    assert used_datasets(store, "you") == set()
    assert len(store.runs.all("me")) == 2
