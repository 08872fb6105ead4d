from datetime import UTC, datetime, timedelta

import pytest

from seqcore.datasets.labelled import LabelledText
from seqcore.spec import RunSpec
from seqcore.store import RunState, Store


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self):
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make_store(tmp_path, clock):
    """Opens the same database and folder each time, as several processes would."""
    return lambda: Store(
        f"sqlite:///{tmp_path / 'a b?c#d%20' / 'lab.db'}", str(tmp_path / "files of the lab"), clock=clock
    )


@pytest.fixture
def store(make_store):
    return make_store()


@pytest.fixture
def text():
    return LabelledText("reviews.csv", ("good", "bad", "schön"), ("1", "0", "1"), None, ())


@pytest.fixture
def dataset(store, text):
    return store.add_dataset("me", text)


@pytest.fixture
def spec():
    return lambda architecture="rnn", seed=0: RunSpec(dataset="0", architecture=architecture, seed=seed)


@pytest.fixture
def run_ids(store, dataset, spec):
    experiment = store.add_experiment("me", dataset.id, [spec(seed=seed) for seed in range(3)])
    return [run.id for run in store.runs("me", experiment.id)]


@pytest.fixture
def reach(store):
    """Brings a queued run to a state by the way that all runs go."""

    def reach(run_id, state):
        if state is RunState.QUEUED:
            return
        if state in (RunState.FAILED, RunState.CANCELLED, RunState.INTERRUPTED):
            store.finish(run_id, state=state)
            return
        store.begin(run_id, "engine")
        for step in (RunState.TRAINING, RunState.EVALUATING, RunState.FINISHED):
            if store.find_run(run_id).state is state:
                return
            store.set_state(run_id, step)

    return reach
