"""Training on the cluster as people do it, watched through the store that all its processes share."""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from scripts.running_app import ROOT
from seqcore.store import DONE, Run, Store
from tests.cluster.dask_cluster import DaskCluster
from tests.waiting import until

WORKSPACE = "personal"
SMALL = ["--embedding-size", "8", "--units", "8", "--set", "max_length=20"]
SECONDS = 300.0


@dataclass
class Training:
    """A `python -m seqcore train` that goes on."""

    process: subprocess.Popen[str]
    known: set[str] = field(default_factory=set)  # runs that were there before

    def results(self) -> dict:
        """Wait for its end; gives what it printed.

        Raises:
            AssertionError: it failed; its last words say why.
        """
        printed, complaints = self.process.communicate(timeout=SECONDS)
        assert self.process.returncode == 0, complaints[-4000:]
        return json.loads(printed)


class ClusterLab:
    """The places where a cluster's processes meet: scheduler, database, shared folder."""

    def __init__(self, cluster: DaskCluster, database_url: str, folder: Path) -> None:
        self.cluster = cluster
        self.folder = folder
        self.artifacts_url = (folder / "shared").as_uri()
        self.store = Store(database_url, self.artifacts_url)
        self.environment = cluster.certificates.environment("client") | {
            "SEQLAB_SCHEDULER": cluster.address,
            "SEQLAB_DATABASE_URL": database_url,
            "SEQLAB_ARTIFACTS_URL": self.artifacts_url,
        }

    def start_training(self, *options: str) -> Training:
        """`python -m seqcore train` on a small file, in a process of its own."""
        known = {run.id for run in self.store.runs.all(WORKSPACE)}
        process = subprocess.Popen(
            [sys.executable, "-m", "seqcore", "train", str(self._data()), *SMALL, *options, "--json"],
            cwd=ROOT,
            env=os.environ | self.environment | {"SEQLAB_HOME": str(self.folder / "home")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return Training(process, known)

    def runs_in_mid_training(self, training: Training, count: int) -> list[Run]:
        """Wait until so many runs have been trained for some epochs, with far more to come."""

        def going() -> list[Run]:
            assert training.process.poll() is None, training.results()
            runs = [run for run in self.store.runs.all(WORKSPACE) if run.id not in training.known]
            middle = [run for run in runs if 5 < run.epoch < run.epochs / 2 and run.state not in DONE]
            return middle if len(middle) == count else []

        return until(going, SECONDS)

    def first_row(self, run_id: str) -> int:
        """The number of the first row of a run's metrics: another one when it began anew."""
        return self.store.measurements.rows([run_id])[0][0]

    def epochs_told(self, run_id: str) -> list[float]:
        """The ends of epochs that the store has heard of, in the order in which they came."""
        return [row.epoch for _, _, row in self.store.measurements.rows([run_id]) if row.split == "validation"]

    def _data(self) -> Path:
        file = self.folder / "reviews.csv"
        if not file.exists():
            file.write_text("\n".join(["text,label", *_reviews(600)]), encoding="utf-8")
        return file


def _reviews(count: int) -> list[str]:
    """Short texts whose label can be learnt from single words."""
    chance = random.Random(5)
    words = {"good": ["warm", "lovely", "fine", "bright"], "bad": ["cold", "dreadful", "poor", "dull"]}
    things = ["film", "dinner", "book", "walk", "concert", "evening"]
    lines = []
    for number in range(count):
        label = "good" if number % 2 else "bad"
        first, second = chance.sample(words[label], 2)
        lines.append(f"a {first} and {second} {chance.choice(things)} with number {number},{label}")
    return lines
