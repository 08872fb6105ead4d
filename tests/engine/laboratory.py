"""An engine with jobs that take no time, for tests."""

from typing import ClassVar

from seqcore.engine import Engine
from seqcore.settings import Settings
from seqcore.spec import RunSpec
from seqcore.store import Store
from tests.waiting import PATIENCE, until


def training_workers(engine):
    """How many workers could train a run of this engine."""
    needs, offered = engine._connection.needs, engine._connection.client.scheduler_info()["workers"].values()
    return sum(needs.keys() <= worker["resources"].keys() for worker in offered)


def is_alive(engine):
    """Whether it takes runs."""
    return not engine._is_down()


class Texts:
    """As much of a data set as the store looks at."""

    name = "texts.csv"
    texts = ("good", "bad")
    labels = ("yes", "no")
    classes = ("no", "yes")
    content_hash = "0123456789abcdef"
    kind = "text"
    other_columns: ClassVar[dict[str, tuple[str, ...]]] = {}

    def __len__(self):
        return len(self.texts)

    def to_parquet(self):
        return b"parquet"


class Lab:
    """An engine with jobs that take no time, and its store."""

    def __init__(self, home, **settings):
        self.settings = Settings(home=home, inspection_timeout=PATIENCE, **settings)
        self.store = Store(self.settings.database, self.settings.artifacts)
        self.dataset = self.store.datasets.add("me", Texts())
        self.engine = None

    def start(self, workers=2, **how):
        self.engine = Engine.start(self.settings, training_workers=workers, jobs="tests.engine.fake_jobs", **how)
        return self.engine

    def queue(self, *acts):
        specs = [RunSpec(dataset="0", architecture="rnn", model={"act": act}) for act in acts]
        return list(self.store.experiments.add("me", self.dataset.id, specs).run_ids)

    def training_workers(self):
        return training_workers(self.engine)

    def is_alive(self):
        return is_alive(self.engine)

    def states(self, run_ids):
        found = self.store.runs.states(run_ids)
        return [found[run_id] for run_id in run_ids]

    def reached(self, run_id, *states):
        return until(lambda: self.store.runs.find(run_id).state in states and self.store.runs.find(run_id))
