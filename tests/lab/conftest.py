"""A store with a clock that goes on when it is told to, and an engine that takes notes."""

from datetime import UTC, datetime, timedelta

import pytest

from seqcore.datasets.labelled_text import LabelledText
from seqcore.spec import RunSpec
from seqcore.store import Store


class Clock:
    def __init__(self):
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, seconds):
        self.now += timedelta(seconds=seconds)


class NotingEngine:
    """Does with the store what an engine does, and notes what it was asked."""

    def __init__(self, store):
        self.store, self.submitted, self.stopped = store, [], []

    def submit(self, run_ids):
        self.submitted.extend(run_ids)
        self.store.queue.claim(run_ids, "engine")

    def stop(self, run_ids):
        self.stopped.extend(run_ids)
        self.store.progress.request_cancel(run_ids)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    store = Store(f"sqlite:///{tmp_path / 'lab.db'}", str(tmp_path / "artifacts"), clock=clock)
    yield store
    store.close()


@pytest.fixture
def engine(store):
    return NotingEngine(store)


@pytest.fixture
def data():
    return LabelledText("reviews.csv", ("good", "bad"), ("1", "0"), None, ())


@pytest.fixture
def specs():
    return [RunSpec(dataset="0", architecture=name) for name in ("rnn", "lstm")]


@pytest.fixture
def experiment(store, data, specs):
    """Two runs of "me" that wait."""
    return store.experiments.add("me", store.datasets.add("me", data).id, specs)
