"""What it costs to keep weights after single epochs: seconds of training with and without, in turn, in one process.

    python -m benchmarks.keeping_epochs [--file sms_spam.csv] [--rows 3000] [--epochs 10] [--repeats 5] \
        [--architectures rnn,lstm]

A ratio of 1 means that it costs nothing. Seconds are those of a processor, which others on the machine disturb less
than a clock's. Beside them stands the share of a run's clock seconds, from its training to the end of its evaluation,
that went by while weights were copied and written.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import load
from seqcore.datasets import LabelledText
from seqcore.lab.plan import Choices
from seqcore.settings import Settings, get_settings
from seqcore.store import Store
from seqcore.store.moments import moment_file, read_moments

SETTING = "SEQLAB_EPOCHS_KEPT_MB"


@dataclass(frozen=True)
class Took:
    """One training.

    Attributes:
        processor: Seconds of the processor, from reading the data to the end.
        share: Of the clock's seconds of training and evaluation that went into keeping.
        moments: How many were kept.
        size: Bytes of their files.
    """

    processor: float
    share: float
    moments: int
    size: int


@contextmanager
def timed_keeping() -> Iterator[list[float]]:
    """Seconds by the clock of everything that keeps moments, one a call."""
    from seqcore.worker.fit.moments import MomentKeeper

    spent: list[float] = []
    originals = {
        name: getattr(MomentKeeper, name) for name in ("training_begins", "epoch_ends", "training_ends", "write")
    }

    def timed(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            start = time.perf_counter()
            try:
                return original(*arguments)
            finally:
                spent.append(time.perf_counter() - start)

        return call

    for name, original in originals.items():
        setattr(MomentKeeper, name, timed(original))
    try:
        yield spent
    finally:
        for name, original in originals.items():
            setattr(MomentKeeper, name, original)


def train(store: Store, data: LabelledText, name: str, epochs: int, megabytes: int) -> Took:
    """Carry out one training here and now."""
    from seqcore.worker.train import train_run

    os.environ[SETTING] = str(megabytes)
    get_settings.cache_clear()
    dataset = store.datasets.add("me", data)
    chosen = Choices(architectures=(name,)).with_values({"epochs": epochs, "early_stopping": 0})
    (run_id,) = store.experiments.add("me", dataset.id, chosen.specs(data.content_hash, max_epochs=500)).run_ids
    start = time.process_time()
    with timed_keeping() as spent:
        train_run(run_id, store, "benchmark")
    processor = time.process_time() - start
    run, kept = store.runs.find(run_id), read_moments(store.artifacts, run_id)
    if run.state != "finished":
        sys.exit(f"{name}: {run.message}")
    moments = kept.epochs if kept else ()
    size = sum(len(store.artifacts.read(run_id, moment_file(epoch))) for epoch in moments)
    return Took(processor, sum(spent) / (run.seconds["training"] + run.seconds["evaluating"]), len(moments), size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--architectures", default="rnn,lstm")
    given = parser.parse_args()
    data = load(given.file, text=None, label=None, rows=given.rows)
    most = int(Settings.model_fields["epochs_kept_mb"].default)
    with tempfile.TemporaryDirectory() as home:
        store = Store(f"sqlite:///{home}/lab.db", f"{home}/artifacts")
        for name in given.architectures.split(","):
            train(store, data, name, 1, most)  # whatever is loaded and traced for the first time
            pairs = [
                (train(store, data, name, given.epochs, 0), train(store, data, name, given.epochs, most))
                for _ in range(given.repeats)
            ]
            ratios = [kept.processor / without.processor for without, kept in pairs]
            last = pairs[-1][1]
            print(
                f"{name:18} {statistics.median(ratios):.3f}x (from {min(ratios):.3f} to {max(ratios):.3f}); "
                f"{statistics.median(kept.share for _, kept in pairs):.2%} of the time goes into keeping "
                f"{last.moments} moments, {last.size / 1024**2:.1f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
