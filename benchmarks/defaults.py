"""Old against new default settings on any labelled files, means over seeds.

    python benchmarks/defaults.py FILES... [--test FILE] [--rows N] [--label NAME] [--seeds 0,1,2] [--models lstm,cnn]

Old are those of before: ten epochs, the last one kept, no early stopping, no clipping of gradients, batches by length,
gates as Keras begins them. Without a file: our samples. `--test` belongs to the first file. Prints, for each file and
model, test loss, test accuracy with its standard deviation over the seeds in points, best epoch and seconds of
training; then the mean over all.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import bad, load, wait_for, warm_engine
from seqcore.datasets import LabelledText, load_sample, sample_names
from seqcore.engine import Engine
from seqcore.lab.plan import Choices
from seqcore.store import Run, Store

MODELS = ("lstm", "lstm_attention", "cnn", "transformer")
OLD: dict[str, Any] = {
    "epochs": 10, "keep": "last", "early_stopping": 0, "gradient_clipping": 0.0, "batches": "by_length",
    "memory": "keras",
}  # fmt: skip
NEW: dict[str, Any] = {}


@dataclass(frozen=True)
class Score:
    """What the runs of one model on one file got, means over the seeds."""

    loss: float
    accuracy: float
    spread: float
    least: float
    most: float
    best: float
    epochs: float
    seconds: float

    def told(self) -> str:
        accuracy = f"{self.accuracy:.4f} ±{100 * self.spread:3.1f}"
        return f"{self.loss:6.3f} {accuracy:>12} {self.best:5.1f}/{self.epochs:4.1f} {self.seconds:6.1f} s"


def score(runs: Sequence[Run]) -> Score:
    def mean(values: Sequence[float]) -> float:
        return statistics.mean(values)

    tests = [run.results["test"] for run in runs]
    accuracies = [test["accuracy"] for test in tests]
    return Score(
        mean([test["loss"] for test in tests]),
        mean(accuracies),
        statistics.stdev(accuracies) if len(runs) > 1 else 0.0,
        min(accuracies),
        max(accuracies),
        mean([run.results["best_epoch"] for run in runs]),
        mean([run.results["epochs"] for run in runs]),
        mean([run.seconds["training"] for run in runs]),
    )


def measure(
    store: Store, engine: Engine, data: LabelledText, models: Sequence[str], seeds: Sequence[int],
    settings: dict[str, Any],
) -> dict[str, Score]:  # fmt: skip
    """The score of every model with these settings."""
    dataset = store.datasets.add("personal", data)
    runs: list[Run] = []
    for seed in seeds:
        chosen = Choices(architectures=tuple(models), seed=seed).with_values(settings)
        experiment = store.experiments.add("personal", dataset.id, chosen.specs(data.content_hash, max_epochs=500))
        engine.submit(experiment.run_ids)
        runs += wait_for(store, "personal", experiment.id)
    if bad(runs):
        sys.exit("\n".join(bad(runs)))
    return {name: score([run for run in runs if run.architecture == name]) for name in models}


def files_of(arguments: argparse.Namespace) -> list[LabelledText]:
    if not arguments.files:
        return [load_sample(name) for name in sample_names()]
    return [
        load(file, text=None, label=arguments.label, rows=arguments.rows, test=None if number else arguments.test)
        for number, file in enumerate(arguments.files)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--test", type=Path, help="test file of the first file")
    parser.add_argument("--label", help="column of the labels (default: guessed)")
    parser.add_argument("--rows", type=int, help="at most so many, drawn with a fixed seed")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0, 1, 2])
    parser.add_argument("--models", type=lambda text: text.split(","), default=list(MODELS))
    parser.add_argument("--workers", type=int, help="runs at a time (default: cores)")
    parser.add_argument("--new-only", action="store_true", help="leave the old defaults out")
    arguments = parser.parse_args()
    ways = {"new": NEW} if arguments.new_only else {"old": OLD, "new": NEW}
    found: dict[str, list[Score]] = {way: [] for way in ways}
    print(f"{'':32}{'loss':>10}{'accuracy':>13}{'best':>11}{'training':>9}   seeds {arguments.seeds}")
    with warm_engine(arguments.workers) as (store, engine):
        for data in files_of(arguments):
            scores = {way: measure(store, engine, data, arguments.models, arguments.seeds, ways[way]) for way in ways}
            for name in arguments.models:
                for way in ways:
                    found[way].append(scores[way][name])
                    print(f"{data.name[:15]:15} {name:16} {way}  {scores[way][name].told()}", flush=True)
    for way, each in found.items():
        means = [statistics.mean([getattr(one, part) for one in each]) for part in ("loss", "accuracy", "seconds")]
        print(f"all, {way}: test loss {means[0]:.3f}, accuracy {means[1]:.4f}, {means[2]:.1f} s a model")


if __name__ == "__main__":
    main()
