"""What batches of similar length cost in accuracy and gain in speed: shuffled, by length, and mixed (our default).

    python benchmarks/bucketing.py [FILES...] [--test FILE] [--rows N] [--seeds 0,1,2] [--models lstm]

Everything else is at its default. Without a file: our samples. `--test` belongs to the first file. The ways take turns
seed by seed, so that whatever else the machine does meets all of them. Prints, for each file, model and way of making
batches, the mean test accuracy over the seeds and what it is more or less than that of shuffled batches, in points with
the standard error of the difference; and the seconds of an epoch of training, with its speed as a multiple of that
of batches by length. Exits with 1 if mixed batches lose more than half a point against shuffled ones and more than
chance explains (two standard errors).
"""

from __future__ import annotations

import argparse
import statistics
import sys
from math import sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.defaults import Score, measure
from benchmarks.race import load, warm_engine
from seqcore.datasets import LabelledText, load_sample, sample_names
from seqcore.engine import Engine
from seqcore.store import Store

WAYS = ("shuffled", "mixed", "by_length")
MOST_POINTS = 0.5  # that mixed batches may cost
Found = dict[str, dict[str, list[Score]]]  # model -> way -> one score a seed


def take_turns(store: Store, engine: Engine, data: LabelledText, models: list[str], seeds: list[int]) -> Found:
    found: Found = {name: {way: [] for way in WAYS} for name in models}
    for seed in seeds:
        for way in WAYS:
            for name, score in measure(store, engine, data, models, [seed], {"batches": way}).items():
                found[name][way].append(score)
    return found


def points(scores: list[Score]) -> list[float]:
    return [100 * score.accuracy for score in scores]


def lost(shuffled: list[Score], other: list[Score]) -> tuple[float, float]:
    """Points of accuracy that the other way loses, and the standard error of that; seeds are independent."""
    before, after = points(shuffled), points(other)
    if len(before) < 2:
        return before[0] - after[0], float("nan")
    error = sqrt((statistics.variance(before) + statistics.variance(after)) / len(before))
    return statistics.mean(before) - statistics.mean(after), error


def pace(scores: list[Score]) -> float:
    """Seconds of an epoch: the median over the seeds."""
    return statistics.median(score.seconds / score.epochs for score in scores)


def told(scores: dict[str, list[Score]], way: str) -> str:
    loss, error = lost(scores["shuffled"], scores[way])
    change = "" if way == "shuffled" else f"{-loss:+.2f} ± {error:.2f} points"
    speed = pace(scores["by_length"]) / pace(scores[way])
    return (
        f"{way:10} {statistics.mean(points(scores[way])):6.2f} % {change:22} {pace(scores[way]):6.2f} s, {speed:.2f}x"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--test", type=Path, help="test file of the first file")
    parser.add_argument("--rows", type=int, help="at most so many, drawn with a fixed seed")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=list(range(8)))
    parser.add_argument("--models", type=lambda text: text.split(","), default=["lstm", "lstm_attention"])
    parser.add_argument("--workers", type=int, help="runs at a time (default: cores)")
    arguments = parser.parse_args()
    everything = [
        load(file, text=None, label=None, rows=arguments.rows, test=None if number else arguments.test)
        for number, file in enumerate(arguments.files)
    ] or [load_sample(name) for name in sample_names()]
    worse = []
    with warm_engine(arguments.workers) as (store, engine):
        for data in everything:
            for name, scores in take_turns(store, engine, data, arguments.models, arguments.seeds).items():
                for way in WAYS:
                    print(f"{data.name[:22]:22} {name:15} {told(scores, way)}", flush=True)
                loss, error = lost(scores["shuffled"], scores["mixed"])
                worse += [f"{name} on {data.name}"] if loss > max(MOST_POINTS, 2 * error) else []
    print(f"mixed batches lose more than {MOST_POINTS} points: " + (", ".join(worse) or "none"))
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
