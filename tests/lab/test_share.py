from dataclasses import replace

import pytest

from seqcore.errors import NotFoundError
from seqcore.lab.share import Viewer, may_change, may_see, named_by, seen_dataset, seen_experiment
from seqcore.store.links import new_token

ME, STRANGER = Viewer("me"), Viewer("you")
DAY = 24 * 60 * 60


@pytest.fixture
def give(store):
    """Gives a link away and comes back with whoever holds it."""

    def give(names, thing_id, days=30):
        token = new_token()
        store.links.add("me", token, names, thing_id, days=days)
        return replace(STRANGER, tokens=(token,))

    return give


@pytest.fixture
def things(store, experiment):
    run = store.runs.find(experiment.run_ids[0])
    return [experiment, run, store.datasets.find(experiment.dataset_id)]


def test_an_id_opens_what_is_ones_own_and_nothing_of_others(store, experiment, things):
    assert seen_experiment(store, ME, experiment.id) == experiment
    assert seen_dataset(store, ME, experiment.dataset_id).name == "reviews.csv"
    assert not any(may_see(store, STRANGER, thing) for thing in things)
    for see, thing_id in ((seen_experiment, experiment.id), (seen_dataset, experiment.dataset_id)):
        with pytest.raises(NotFoundError, match="ask whoever sent you here for a link"):
            see(store, STRANGER, thing_id)


def test_a_link_to_an_experiment_shows_its_runs_and_its_data(store, experiment, things, give):
    holder = give("experiment", experiment.id)
    assert all(may_see(store, holder, thing) for thing in things)
    assert seen_experiment(store, holder, experiment.id) == experiment
    assert named_by(store, holder.tokens[0]) == {"experiment": experiment.id, "dataset": experiment.dataset_id}


def test_a_link_to_data_shows_no_experiment(store, experiment, things, give):
    holder = give("dataset", experiment.dataset_id)
    assert [may_see(store, holder, thing) for thing in things] == [False, False, True]
    assert named_by(store, holder.tokens[0]) == {"dataset": experiment.dataset_id}


def test_a_link_shows_nothing_else_of_its_owner(store, experiment, specs, give):
    other = store.experiments.add("me", experiment.dataset_id, specs)
    assert not may_see(store, give("experiment", experiment.id), other)


def test_a_link_ends_when_its_time_is_over(store, experiment, give, clock):
    day, lasting = give("experiment", experiment.id, days=1), give("experiment", experiment.id, days=None)
    clock.forward(DAY - 1)
    assert may_see(store, day, experiment)
    clock.forward(1)
    assert not may_see(store, day, experiment)
    assert named_by(store, day.tokens[0]) == {}
    clock.forward(10_000 * DAY)
    assert may_see(store, lasting, experiment)


def test_a_link_that_is_taken_back_shows_nothing_and_the_others_go_on(store, experiment, give):
    first, second = give("experiment", experiment.id), give("experiment", experiment.id)
    (link,) = store.links.opened_by(first.tokens)
    store.links.take_back("me", link.id)
    assert [may_see(store, holder, experiment) for holder in (first, second)] == [False, True]


def test_only_its_own_workspace_may_change_a_thing(store, things):
    assert [may_change("me", thing) for thing in things] == [True] * 3
    assert [may_change("you", thing) for thing in things] == [False] * 3


def test_an_id_that_leads_nowhere_says_so(store):
    for see in (seen_experiment, seen_dataset):
        with pytest.raises(NotFoundError):
            see(store, ME, "nosuchthing")


def test_a_look_is_noted_once_an_hour(store, experiment, clock):
    began = clock.now
    clock.forward(3599)
    seen_experiment(store, ME, experiment.id)
    assert store.experiments.find(experiment.id).looked_at == began
    clock.forward(2)
    seen_experiment(store, ME, experiment.id)
    assert store.experiments.find(experiment.id).looked_at == clock.now
