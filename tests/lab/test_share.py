import pytest

from seqcore.errors import NotFoundError
from seqcore.lab.share import linked_dataset, linked_experiment, may_change


def test_whoever_holds_a_link_sees_what_it_names(store, experiment):
    assert linked_experiment(store, experiment.id) == experiment
    assert linked_dataset(store, experiment.dataset_id).name == "reviews.csv"


def test_only_its_own_workspace_may_change_a_thing(store, experiment):
    things = [experiment, store.datasets.find(experiment.dataset_id), store.runs.find(experiment.run_ids[0])]
    assert [may_change("me", thing) for thing in things] == [True] * 3
    assert [may_change("you", thing) for thing in things] == [False] * 3


def test_a_link_that_leads_nowhere_says_so(store):
    with pytest.raises(NotFoundError):
        linked_experiment(store, "nosuchexperiment")
    with pytest.raises(NotFoundError):
        linked_dataset(store, "nosuchdataset")
