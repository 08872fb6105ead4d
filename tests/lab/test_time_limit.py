"""Which trainings are likely to take longer than they may."""

import pytest

from seqcore.lab.time_limit import TooLong, seconds_of_epochs, too_long
from seqcore.store import RunState


@pytest.fixture
def trained(store, experiment):
    """The second of two runs, an LSTM, was trained for four epochs in twelve seconds; the first, an RNN, was not."""
    lstm = store.runs.of("me", experiment.id)[1]
    store.progress.begin(lstm.id, "engine")
    store.progress.set_state(lstm.id, RunState.TRAINING, epoch=4.0)
    store.progress.finish(lstm.id, state=RunState.CANCELLED, seconds={"preparing": 90.0, "training": 12.0})
    return lstm


def test_an_epoch_takes_the_time_of_training_divided_by_the_epochs_trained(store, data, trained):
    assert seconds_of_epochs(store, "me", data.content_hash) == {"lstm": 3.0}


def test_other_data_and_other_workspaces_say_nothing(store, data, trained):
    assert seconds_of_epochs(store, "me", "other") == {}
    assert seconds_of_epochs(store, "you", data.content_hash) == {}


def test_what_would_pass_the_limit_is_named_with_the_epochs_that_fit():
    assert too_long(["rnn", "lstm"], 100, 250.0, {"lstm": 3.0, "rnn": 2.5}) == [TooLong("lstm", 3.0, 83)]
    assert too_long(["lstm"], 2, 2.9, {"lstm": 3.0}) == [TooLong("lstm", 3.0, 0)]


def test_nothing_is_said_without_a_limit_of_what_is_not_known_and_of_what_is_fitted_at_once():
    assert too_long(["lstm"], 1000, 0.0, {"lstm": 3.0}) == []
    assert too_long(["lstm"], 1000, 10.0, {}) == []
    assert too_long(["bag_of_words"], 1000, 10.0, {"bag_of_words": 3.0}) == []
