import os
import secrets
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from seqcore.datasets.labelled_text import LabelledText
from seqcore.spec import RunSpec
from seqcore.store import RunState, Store

SERVER = "SEQLAB_TEST_SERVER"  # SQLAlchemy's URL of a PostgreSQL; `make test-cluster` sets it


def new_schema(server):
    """Make a schema, which costs far less than a database; gives the URL of a database in which it stands alone."""
    address, name = sa.make_url(server), f"lab_{secrets.token_hex(6)}"
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(name))
    engine.dispose()
    return address.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)


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
def url(tmp_path):
    """An empty database: SQLite in a folder of an awkward name, or one of the server that the environment names."""
    server = os.environ.get(SERVER)
    return new_schema(server) if server else f"sqlite:///{tmp_path / 'a b?c#d%20' / 'lab.db'}"


@pytest.fixture
def make_store(tmp_path, clock, url):
    """Opens the same database and folder each time, as several processes would."""
    stores = []

    def make():
        stores.append(Store(url, str(tmp_path / "files of the lab"), clock=clock))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def store(make_store):
    return make_store()


@pytest.fixture
def text():
    return LabelledText("reviews.csv", ("good", "bad", "schön"), ("1", "0", "1"), None, ())


@pytest.fixture
def dataset(store, text):
    return store.datasets.add("me", text)


@pytest.fixture
def spec():
    return lambda architecture="rnn", seed=0: RunSpec(dataset="0", architecture=architecture, seed=seed)


@pytest.fixture
def run_ids(store, dataset, spec):
    experiment = store.experiments.add("me", dataset.id, [spec(seed=seed) for seed in range(3)])
    return [run.id for run in store.runs.of("me", experiment.id)]


@pytest.fixture
def reach(store):
    """Brings a queued run to a state by the way that all runs go."""

    def reach(run_id, state):
        if state is RunState.QUEUED:
            return
        if state in (RunState.FAILED, RunState.CANCELLED, RunState.INTERRUPTED):
            store.progress.finish(run_id, state=state)
            return
        store.progress.begin(run_id, "engine")
        for step in (RunState.TRAINING, RunState.EVALUATING, RunState.FINISHED):
            if store.runs.find(run_id).state is state:
                return
            store.progress.set_state(run_id, step)

    return reach
