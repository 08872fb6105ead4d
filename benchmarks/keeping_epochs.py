"""What it costs to keep weights after single epochs: seconds of training with and without, in turn, in one process.

    python -m benchmarks.keeping_epochs [--file sms_spam.csv] [--rows 3000] [--epochs 10] [--repeats 5] \
        [--architectures rnn,lstm]

A ratio of 1 means that it costs nothing. The seconds are those of the stage in which a run trains, validation and
checkpoints included, and of the evaluation, into which what is still unwritten at the end falls.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import load
from seqcore.datasets import LabelledText
from seqcore.lab.plan import Choices
from seqcore.settings import Settings, get_settings
from seqcore.store import Store
from seqcore.store.moments import moment_file, read_moments

SETTING = "SEQLAB_EPOCHS_KEPT_MB"


def seconds(store: Store, data: LabelledText, name: str, epochs: int, megabytes: int) -> tuple[float, int, int]:
    """Seconds of one training; how many moments it kept, and their bytes."""
    from seqcore.worker.train import train_run

    os.environ[SETTING] = str(megabytes)
    get_settings.cache_clear()
    dataset = store.datasets.add("me", data)
    chosen = Choices(architectures=(name,)).with_values({"epochs": epochs, "early_stopping": 0})
    (run_id,) = store.experiments.add("me", dataset.id, chosen.specs(data.content_hash, max_epochs=500)).run_ids
    train_run(run_id, store, "benchmark")
    run, kept = store.runs.find(run_id), read_moments(store.artifacts, run_id)
    if run.state != "finished":
        sys.exit(f"{name}: {run.message}")
    moments = kept.epochs if kept else ()
    size = sum(len(store.artifacts.read(run_id, moment_file(epoch))) for epoch in moments)
    return run.seconds["training"] + run.seconds["evaluating"], len(moments), size


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
            seconds(store, data, name, 1, most)  # whatever is loaded and traced for the first time
            ratios, without = [], []
            for _ in range(given.repeats):
                without.append(seconds(store, data, name, given.epochs, 0)[0])
                took, moments, size = seconds(store, data, name, given.epochs, most)
                ratios.append(took / without[-1])
            print(
                f"{name:18} {statistics.median(ratios):.3f}x (from {min(ratios):.3f} to {max(ratios):.3f}) of "
                f"{statistics.median(without):.1f} s; {moments} moments, {size / 1024**2:.1f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
