"""The store: all that is kept, each part an attribute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from seqcore.store.allowance import Allowance, Limits
from seqcore.store.artifacts import Artifacts
from seqcore.store.chores import Chores
from seqcore.store.database import Database, utc_now
from seqcore.store.datasets import Datasets
from seqcore.store.engines import Engines
from seqcore.store.erasure import Erasure
from seqcore.store.experiments import Experiments
from seqcore.store.files import Files
from seqcore.store.last_looks import LastLooks
from seqcore.store.links import Links
from seqcore.store.looks import Looks
from seqcore.store.measurements import Measurements
from seqcore.store.oversight import Oversight
from seqcore.store.places import PlaceOf
from seqcore.store.progress import Progress
from seqcore.store.queue import Queue
from seqcore.store.records import Experiment
from seqcore.store.runs import Runs
from seqcore.store.sweeps import Sweeps


class Store:
    """Data sets, experiments, runs, their numbers and files; safe from several threads and processes.

    Args:
        database_url: SQLAlchemy URL: `sqlite:///<path>` or `postgresql+psycopg://...`.
        artifacts_url: A folder or an fsspec URL.
        limits: What one workspace may have; None: as much as it likes.
        clock: Gives the time, with its zone.
        place_of: The place in the queue that a workspace shares with others, see `fairness`; "": it has its own.

    Attributes:
        datasets: What was brought.
        experiments: What one press of Train started.
        runs: One training each: found, renamed, deleted.
        artifacts: The files of runs.
        progress: How runs go on and end, as their workers say.
        measurements: Loss and accuracy over time.
        queue: Who comes next.
        engines: Which engines live.
        allowance: How much a workspace has, and may have.
        sweeps: Searches for better settings, and who drives them.
        oversight: The runs of all workspaces, for the operator.
        links: What was shared, until when.
        looks: Notes when somebody looks at a thing.
        last_looks: When somebody last did, or at what it is a part of.
        chores: What the servers of this store do by turns.
        clock: Gives the time, with its zone.
        erasure: The end of whole workspaces.

    Raises:
        StorageError: it cannot be opened, read or written; so do all methods of its parts.
        SeqlabError: the database was written by another version of this program.
    """

    def __init__(
        self,
        database_url: str,
        artifacts_url: str,
        *,
        limits: Limits | None = None,
        clock: Callable[[], datetime] = utc_now,
        place_of: PlaceOf = lambda _workspace: "",
    ) -> None:
        self.database_url, self.artifacts_url = database_url, artifacts_url
        self.database = database = Database(database_url)
        self.files = files = Files(artifacts_url)
        self.artifacts = Artifacts(files)
        self.allowance = Allowance(database, limits, clock, place_of)
        self.looks = looks = Looks(database, clock)
        self.clock, self.last_looks = clock, LastLooks(database, clock)
        self.links, self.chores = Links(database, clock), Chores(database, clock)
        self.datasets = Datasets(database, files, self.allowance, looks, clock)
        self.experiments = Experiments(database, self.artifacts, self.datasets, self.allowance, looks, clock)
        self.runs = Runs(database, self.artifacts, looks)
        self.progress = Progress(database, self.artifacts, clock)
        self.measurements = Measurements(database)
        self.queue = Queue(database, clock)
        self.engines = Engines(database, self.progress, clock)
        self.sweeps = Sweeps(database, self.datasets, self.allowance, looks, clock)
        self.oversight = Oversight(database)
        self.erasure = Erasure(database, files, self.artifacts, clock)

    def refuse_to_compare(self, experiment: Experiment) -> None:
        """Raise a SeqlabError where the models of an experiment are no rivals: trials, or learned from parts."""
        self.sweeps.refuse_to_compare(experiment.id)
        experiment.refuse_to_compare()

    def try_to_write(self) -> None:
        """Write something to the database and to the files, for real, and take it away again.

        Raises:
            StorageError: it could not be.
        """
        self.engines.try_to_write()
        self.files.try_to_write()

    def close(self) -> None:
        """Close the connections of this process; they come back when needed."""
        self.database.dispose()
