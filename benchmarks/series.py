"""Every architecture that reads series beside the baselines that have to be beaten: accuracy and seconds.

    python -m benchmarks.series [TRAIN TEST] [--sets trend,spike] [--models lstm,cnn] [--seeds 0,1,2] [--rows 400]

TRAIN and TEST: any two files of labelled series that the Data page reads, such as a data set of the UCR archive
(`ECG200_TRAIN.ts ECG200_TEST.ts`). Without them, series that are generated here from a seed: the planted tasks trend,
frequency and spike; `cylinder_bell_funnel` (Saito 1994), `synthetic_control` (six classes after Alcock & Manolopoulos
1999), and `two_channels`, where one channel follows the other or leads it, which no channel alone tells.

Prints, for each set and model, the mean test accuracy with its standard deviation over the seeds in points, and the
mean seconds of training; `*` stands where a model is better than the better one of the two baselines.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.race import bad, wait_for, warm_engine
from seqcore.architectures import architectures
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.planted import PlantedSeriesOptions, plant
from seqcore.engine import Engine
from seqcore.lab.plan import Choices
from seqcore.settings import get_settings
from seqcore.store import Run, Store

BASELINES = ("mini_rocket", "nearest_neighbour")
LENGTH = 128
Draw = Callable[[np.random.Generator, int], NDArray[np.float64]]  # (random numbers, class) -> (moments, channels)


def cylinder_bell_funnel(rng: np.random.Generator, code: int) -> NDArray[np.float64]:
    """A plateau, a rise or a fall between two moments, in noise."""
    first = int(rng.integers(16, 33))
    last = first + int(rng.integers(32, 97))
    moments = np.arange(LENGTH)
    inside = (moments >= first) & (moments <= last)
    shape = (np.ones(LENGTH), (moments - first) / (last - first), (last - moments) / (last - first))[code]
    values = (6 + rng.normal()) * inside * shape + rng.normal(size=LENGTH)
    return values[:, None]


def synthetic_control(rng: np.random.Generator, code: int) -> NDArray[np.float64]:
    """Nothing but noise, a cycle, a trend up or down, a shift up or down; 60 moments."""
    moments = np.arange(60)
    values = 30 + 2 * rng.uniform(-3, 3, 60)
    if code == 1:
        values += rng.uniform(10, 15) * np.sin(2 * np.pi * moments / rng.uniform(10, 15))
    elif code in (2, 3):
        values += (1 if code == 2 else -1) * rng.uniform(0.2, 0.5) * moments
    elif code in (4, 5):
        values += (1 if code == 4 else -1) * rng.uniform(7.5, 20) * (moments >= rng.integers(20, 41))
    return values[:, None]


def two_channels(rng: np.random.Generator, code: int) -> NDArray[np.float64]:
    """A random walk, and the same eight moments later; which channel is the later one tells."""
    walk = rng.normal(size=108).cumsum() * 0.5
    early, late = walk[8:], walk[:-8]
    channels = np.stack([early, late] if code else [late, early], axis=1)
    return channels + 0.3 * rng.normal(size=channels.shape)


DRAWN: dict[str, tuple[Draw, tuple[str, ...]]] = {
    "cylinder_bell_funnel": (cylinder_bell_funnel, ("cylinder", "bell", "funnel")),
    "synthetic_control": (synthetic_control, ("normal", "cyclic", "up", "down", "shift up", "shift down")),
    "two_channels": (two_channels, ("first follows", "first leads")),
}
PLANTED = ("trend", "frequency", "spike")
SETS = (*PLANTED, *DRAWN)


def data_of(name: str, rows: int, seed: int = 0) -> LabelledSeries:
    """A generated set, classes in turn."""
    if name in PLANTED:
        found = plant(name, PlantedSeriesOptions(rows=rows, seed=seed, noise=0.5))
        if not isinstance(found, LabelledSeries):
            raise TypeError(name)
        return found
    draw, classes = DRAWN[name]
    rng = np.random.default_rng(seed)
    codes = [row % len(classes) for row in range(rows)]
    series = tuple(draw(rng, code).astype(np.float32) for code in codes)
    channels = tuple(f"channel {place + 1}" for place in range(series[0].shape[1]))
    return LabelledSeries(name, series, tuple(classes[code] for code in codes), channels=channels)


def data_in(train: Path, test: Path) -> LabelledSeries:
    """Two files, as the Data page reads them: the second is what is tested."""
    from seqcore.datasets.series.apart import read_labelled
    from seqcore.workroom.child import do_alone

    files = [(path.name, path.read_bytes()) for path in (train, test)]
    return read_labelled(files, limits=get_settings(), do=do_alone)


def runs_of(
    store: Store, engine: Engine, data: LabelledSeries, models: Sequence[str], seeds: Sequence[int]
) -> list[Run]:
    """All trainings of a set, those of one seed after the other."""
    dataset = store.datasets.add("personal", data)
    found: list[Run] = []
    for seed in seeds:
        chosen = Choices(architectures=tuple(models), seed=seed).for_kind("series")
        experiment = store.experiments.add("personal", dataset.id, chosen.specs(data.content_hash, max_epochs=500))
        engine.submit(experiment.run_ids)
        found += wait_for(store, "personal", experiment.id)
    if bad(found):
        sys.exit("\n".join(bad(found)))
    return found


def show(data: LabelledSeries, models: Sequence[str], runs: Sequence[Run]) -> None:
    """The table of a set."""
    shapes = {one.shape for one in data.series}
    lengths = sorted(length for length, _ in shapes)
    size = f"{len(data):,} series of {lengths[0]} to {lengths[-1]} moments, {len(data.channels)} channels"
    print(f"\n{data.name}: {size}, {len(data.classes)} classes")
    scores = {name: [run.results["test"]["accuracy"] for run in runs if run.architecture == name] for name in models}
    bar = max((statistics.mean(scores[name]) for name in BASELINES if name in scores), default=1.0)
    for name, found in scores.items():
        mean, spread = statistics.mean(found), statistics.stdev(found) if len(found) > 1 else 0.0
        seconds = statistics.mean([run.seconds["training"] for run in runs if run.architecture == name])
        mark = "*" if mean > bar and name not in BASELINES else "baseline" if name in BASELINES else ""
        print(f"  {name:18} {mean:.3f} ±{100 * spread:4.1f} {seconds:8.1f} s  {mark}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="TRAIN TEST")
    parser.add_argument("--sets", type=lambda text: text.split(","), default=list(SETS))
    parser.add_argument("--models", type=lambda text: text.split(","), help="beside the baselines (default: all)")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[0, 1, 2])
    parser.add_argument("--rows", type=int, default=400, help="series of a generated set")
    parser.add_argument("--workers", type=int, help="runs at a time (default: cores)")
    arguments = parser.parse_args()
    if len(arguments.files) not in (0, 2):
        parser.error("give two files, TRAIN and TEST, or none")
    able = [each.name for each in architectures("frames")]
    models = [*BASELINES, *(name for name in arguments.models or able if name not in BASELINES)]
    with warm_engine(arguments.workers) as (store, engine):
        given = [data_in(*arguments.files)] if arguments.files else []
        for data in given or [data_of(name, arguments.rows) for name in arguments.sets]:
            show(data, models, runs_of(store, engine, data, models, arguments.seeds))


if __name__ == "__main__":
    main()
