"""About how long a sweep takes."""

import math

import pytest

from seqcore.lab.plan import Choices
from seqcore.lab.sweep.course import Sweep
from seqcore.lab.sweep.duration import seconds_left, seconds_of_sweep, seconds_of_trainings
from seqcore.lab.sweep.so_far import SoFar
from seqcore.lab.sweep.space import search_space
from seqcore.lab.sweep.trials import Trial, TrialState
from seqcore.store import RunState

BASE = Choices(architectures=("lstm",))


def a_sweep(name="lstm", ticked="units"):
    base = Choices(architectures=(name,))
    return Sweep(name, search_space(name, [ticked], base), base, trials=10)


@pytest.fixture
def trained(store, experiment):
    """The ids of two runs: an RNN and an LSTM, of which the second took 12 seconds."""
    ids = [run.id for run in store.runs.of("me", experiment.id)]
    for state in (RunState.TRAINING, RunState.EVALUATING):
        store.progress.begin(ids[1], "engine")
        store.progress.set_state(ids[1], state)
    store.progress.finish(ids[1], state=RunState.FINISHED, seconds={"preparing": 2.0, "training": 9.0, "evaluating": 1})
    return ids


def test_trials_and_what_judges_them_share_the_places():
    assert seconds_of_sweep(a_sweep(), 3, each=2.0, places=2) == 2 * (10 / 2 + 6 / 2)
    assert seconds_of_sweep(a_sweep("bag_of_words", "pairs"), 3, each=2.0, places=4) == 2 * (math.ceil(10 / 4) + 1)


def test_trainings_of_the_same_model_on_the_same_data_are_what_one_goes_by(store, data, trained):
    assert seconds_of_trainings(store, "me", data.content_hash, "lstm") == [12.0]
    assert seconds_of_trainings(store, "me", data.content_hash, "rnn") == []
    assert seconds_of_trainings(store, "me", "other", "lstm") == []
    assert seconds_of_trainings(store, "you", data.content_hash, "lstm") == []


def test_what_is_left_follows_from_the_trials_that_have_ended(store, experiment, trained):
    ended = Trial(0, {"lstm.units": 32}, TrialState.FINISHED, run_id=trained[1])
    going = Trial(1, {"lstm.units": 64}, run_id=trained[0])
    found = SoFar(a_sweep(), (0,), (ended, going), experiment.id)
    assert seconds_left(store, "me", found, places=2) == 12 * 9 / 2
    assert seconds_left(store, "me", SoFar(a_sweep(), (0,), (going,), experiment.id), places=2) is None
