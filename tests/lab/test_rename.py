import pytest

from seqcore.errors import NotFoundError
from seqcore.lab.rename import rename_experiment, rename_run


def test_an_experiment_and_a_run_get_other_names(store, experiment):
    rename_experiment(store, "me", experiment.id, "Monday")
    rename_run(store, "me", experiment.run_ids[0], "small")
    assert store.experiments.find(experiment.id).name == "Monday"
    assert store.runs.find(experiment.run_ids[0]).name == "small"


def test_nobody_renames_what_is_in_another_workspace(store, experiment):
    with pytest.raises(NotFoundError):
        rename_experiment(store, "you", experiment.id, "gone")
    with pytest.raises(NotFoundError):
        rename_run(store, "you", experiment.run_ids[0], "gone")
    assert store.experiments.find(experiment.id).name == "reviews.csv"
