"""How often the interval of an extrapolated accuracy holds the true one.

    python -m benchmarks.data_curves [--repeats 500] [--texts 540,2000]

Where the truth is a planted power law: each model has five sizes from 10 to 100 % of 4,000 rows, three seeds at each,
and its error is known at every number of rows. "Parts" is what the drawn part of the rows does to all seeds at once, at
a tenth of the rows: the spread of the seeds does not show it. With 500 repeats ten minutes of one core.

    SEQLAB_HOME=... python -m benchmarks.data_curves --experiments ID,ID,...

The same question to real trainings, of experiments that `learning-curve` was asked about: a law through all parts that
are smaller than 60 % of the rows, and whether its interval for all rows holds what was measured with them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import product

import numpy as np

from seqcore.analysis.data_curve import DataCurve
from seqcore.analysis.more_data import more_data
from seqcore.analysis.power_law import PARAMETERS
from seqcore.cli.data_curving import curves_of
from seqcore.cli.training import open_store
from seqcore.lab.data_curve.measured import ModelCurve
from seqcore.settings import get_settings
from tests.analysis.planted_curves import Truth, planted

LAWS = {
    "falls for ever": Truth(0.0, 0.15, 0.3),
    "slows down": Truth(0.10, 0.05, 0.5),
    "nearly perfect": Truth(0.02, 0.02, 1.0),
    "nearly flat": Truth(0.12, 0.005, 0.5),
    "flat": Truth(0.15, 0.0, 0.5),
}
HELD_BACK = 0.6  # parts from there on


def planted_row(truth: Truth, sd: float, sd_parts: float, texts: int, repeats: int) -> list[float]:
    """Shares of the repeats: held at 2x and 4x, the gain held, "would help", "would hardly help", no curve."""
    counted = np.zeros(6)
    for seed in range(repeats):
        rng = np.random.default_rng(seed)
        found = more_data(planted(truth, rng, sd=sd, sd_parts=sd_parts, texts=texts), guessing=0.5)
        if found.curve is None:
            counted[5] += 1
            continue
        for place, (times, told) in enumerate(zip((2, 4), found.ahead, strict=True)):
            counted[place] += told.interval.low <= 1 - truth.error(times) <= told.interval.high
        gain = truth.error(1) - truth.error(2)
        counted[2] += found.gain.interval.low <= gain <= found.gain.interval.high
        counted[3] += found.outcome == "helps"
        counted[4] += found.outcome == "hardly"
    told_of = max(1.0, repeats - counted[5])
    return [*(counted[:5] / told_of), counted[5] / repeats]


def print_planted(repeats: int, numbers_of_texts: list[int]) -> None:
    """A line for each law, spread and number of test texts."""
    titles = ("held at 2x", "at 4x", "gain held", "helps", "hardly", "no curve")
    print(f"{'law':<15} {'gain':>5} {'texts':>6} {'seeds sd':>9} {'parts sd':>9}  " + "  ".join(titles))
    for (name, truth), texts, sd, sd_parts in product(LAWS.items(), numbers_of_texts, (0.002, 0.01), (0.0, 0.015)):
        found = planted_row(truth, sd, sd_parts, texts, repeats)
        numbers = "  ".join(f"{each:>{len(title)}.1%}" for each, title in zip(found, titles, strict=True))
        gain = 100 * (truth.error(1) - truth.error(2))
        print(f"{name:<15} {gain:>5.1f} {texts:>6,} {100 * sd:>9.1f} {100 * sd_parts:>9.1f}  {numbers}", flush=True)


def held_back(models: list[ModelCurve]) -> Iterator[tuple[str, float, float, float, float]]:
    """Of each model with enough small parts: its name, what was foretold for all rows, its interval, what it got."""
    for model in models:
        learned = model.found.sizes[model.found.at_chance :]
        small = [size for size in learned if size.rows < HELD_BACK * learned[-1].rows]
        if len(small) > PARAMETERS:
            told = DataCurve(small).accuracy(learned[-1].rows)
            yield model.label, told.value, told.interval.low, told.interval.high, 1 - learned[-1].error


def print_held_back(experiment_ids: list[str]) -> None:
    """A line for each model."""
    settings = get_settings()
    store = open_store(settings)
    print(f"{'data':<24} {'model':<20} {'foretold':>8} {'interval':>16} {'measured':>8}")
    for experiment_id in experiment_ids:
        experiment = store.experiments.get(settings.workspace, experiment_id)
        for label, value, low, high, got in held_back(curves_of(store, experiment)):
            said = "" if low <= got <= high else "  outside"
            print(f"{experiment.name:<24} {label:<20} {value:>8.3f} {f'{low:.3f} to {high:.3f}':>16} {got:>8.3f}{said}")


def main() -> None:
    """Print one table or the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=500)
    parser.add_argument("--texts", default="540,2000")
    parser.add_argument("--experiments", default="")
    given = parser.parse_args()
    if given.experiments:
        print_held_back(given.experiments.split(","))
    else:
        print_planted(given.repeats, [int(number) for number in given.texts.split(",")])


if __name__ == "__main__":
    main()
