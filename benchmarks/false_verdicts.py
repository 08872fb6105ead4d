"""How often the verdict finds a difference where there is none, and how often it finds one that was planted.

    python benchmarks/false_verdicts.py [--experiments 2000] [--models 2,5,10] [--seeds 1,3,5,10] [--texts 20,100,2000]
                                        [--sd 0,1,3] [--gaps 1,2,5]
    python benchmarks/false_verdicts.py --pools seed_answers.npz [--experiments 2000]
    python benchmarks/false_verdicts.py --splits [--experiments 2000] [--models 2,5] [--seeds 3,5,10] [--rows 200,1000]

The first makes up experiments of models that are equally good: every text has its own difficulty, which all models
share, and every seed moves a model by so many points of accuracy (sd). It prints the share of experiments in which
`seqcore.analysis.pairs.judge` calls any model better or worse than another; then, for two models of which one is really
better by so many points, the share in which that one is called better. The second draws two groups of seeds from each
pool of real trainings of one architecture (`NAME` with packed bits and `NAME_n`, as NumPy's `packbits` writes them) and
prints the share of draws in which one group is called better. Exits with 1 if anything false is found in more than 5 %
of experiments and more often than chance explains (two standard errors). With one or two seeds nothing may ever be
said of architectures: of those, 200 experiments are looked at. The third trains models on new splits for each seed;
`benchmarks/split_verdicts.py` says how.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from itertools import product
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import split_verdicts
from seqcore.analysis.evidence import FEWEST_SEEDS
from seqcore.analysis.pairs import LEVEL, judge
from seqcore.analysis.standings import Result, Standing

MOST_FALSE = 0.05
FEW = 200  # experiments with fewer seeds than the verdict asks for, of which nothing may be said at all
EASE, HARDNESS = 2.7, 2.0  # log odds of a right answer: mean and sd over texts; accuracy is 0.85

Answers = NDArray[np.bool_]  # (models, seeds, texts)


def made_up(rng: np.random.Generator, models: int, seeds: int, texts: int, sd: float, gap: float = 0.0) -> Answers:
    """Right answers of models that are equally good, but for the first, which is better by `gap`.

    Args:
        rng: Draws texts, seeds and answers.
        models: How many.
        seeds: Of each.
        texts: That all answer.
        sd: Standard deviation of accuracy over the seeds.
        gap: Difference of accuracy.
    """
    odds = EASE + rng.normal(0, HARDNESS, texts)
    shift = rng.normal(0, sd / _slope(), (models, seeds, 1))
    shift[0] += gap / _slope()
    return rng.random((models, seeds, texts)) < 1 / (1 + np.exp(-odds - shift))


def _slope() -> float:
    """Accuracy gained by a log odd more."""
    odds = EASE + HARDNESS * np.random.default_rng(0).normal(size=20_000)
    share = 1 / (1 + np.exp(-odds))
    return float((share * (1 - share)).mean())


def standings_of(answers: Iterable[Answers | NDArray[np.bool_]]) -> list[Standing]:
    """Models from their right answers, the best first."""
    models = []
    for number, right in enumerate(answers):
        texts = right.shape[1]
        rows, labels = np.arange(texts), np.ones(texts, np.int64)
        results = tuple(
            Result(
                run_id="", label=str(number), architecture="", seed=seed, accuracy=float(row.mean()), macro_f1=0.0,
                loss=0.0, ms_per_text=0.0, parameters=0, training_seconds=0.0, rows=rows, labels=labels,
                predicted=row.astype(np.int64), classes=("wrong", "right"),
            )
            for seed, row in enumerate(right)
        )  # fmt: skip
        models.append(Standing(str(number), "", results))
    return sorted(models, key=lambda model: -model.mean("accuracy"))


def any_is_told_apart(standings: Sequence[Standing]) -> bool:
    """Whether any model is called better or worse than another."""
    return any(pair.outcome in ("better", "worse") for pair in judge(standings))


def may_be_told_apart(answers: Answers) -> bool:
    """Whether any two models differ by more than the margin at the level that Holm leaves to the clearest pair.

    Where none does, `judge` tells none apart, and does not have to be asked: all pairs at once are a hundred times
    faster. A test holds that it never says no where `judge` says yes.
    """
    models, seeds, texts = answers.shape
    first, second = np.triu_indices(models, 1)
    by_text = answers.mean(axis=1)
    differences = by_text[first] - by_text[second]
    variances = answers.mean(axis=2).var(axis=1, ddof=1) / seeds
    of_seeds = variances[first] + variances[second]
    squares = np.maximum(variances[first] ** 2 + variances[second] ** 2, 1e-300)
    df = np.maximum(1.0, of_seeds**2 * (seeds - 1) / squares)
    half = LEVEL / len(first) / 2
    margins = stdtrit(df, half) ** 2 * of_seeds + stdtrit(texts - 1, half) ** 2 * differences.var(1, ddof=1) / texts
    return bool((differences.mean(axis=1) ** 2 >= margins * (1 - 1e-6)).any())


def the_first_is_called_better(standings: Sequence[Standing]) -> bool:
    """Whether the model that is better is called so."""
    (pair,) = judge(standings)
    return pair.outcome == ("better" if pair.first.label == "0" else "worse")


def too_many(found: int, experiments: int) -> bool:
    """Whether so many false ones are more than 5 %, beyond chance."""
    return found / experiments > MOST_FALSE + 2 * sqrt(MOST_FALSE * (1 - MOST_FALSE) / experiments)


def print_false(arguments: argparse.Namespace) -> bool:
    """The table of false verdicts; whether any cell is too high."""
    print(f"false verdicts, % of {arguments.experiments:,} experiments; sd of seeds in points")
    print(f"{'models':>6} {'texts':>6} {'sd':>4}" + "".join(f"{f'{seeds} seeds':>10}" for seeds in arguments.seeds))
    worst, bad = 0.0, False
    for models, texts, sd in product(arguments.models, arguments.texts, arguments.sd):
        cells = []
        for seeds in arguments.seeds:
            rng = np.random.default_rng([models, texts, seeds, int(10 * sd)])
            experiments = arguments.experiments if seeds >= FEWEST_SEEDS else min(FEW, arguments.experiments)
            found = 0
            for _ in range(experiments):
                answers = made_up(rng, models, seeds, texts, sd / 100)
                if seeds < FEWEST_SEEDS or may_be_told_apart(answers):
                    found += any_is_told_apart(standings_of(answers))
            bad |= too_many(found, experiments)
            cells.append(100 * found / experiments)
        worst = max(worst, *cells)
        print(f"{models:6} {texts:6} {sd:4g}" + "".join(f"{cell:10.1f}" for cell in cells), flush=True)
    print(f"most in any cell: {worst:.1f} %")
    return bad


def print_power(arguments: argparse.Namespace) -> None:
    """The table of planted differences that are found."""
    print(f"\nplanted differences found between two models, % of {arguments.experiments:,} experiments")
    print(f"{'points':>6} {'texts':>6} {'sd':>4}" + "".join(f"{f'{seeds} seeds':>10}" for seeds in arguments.seeds))
    for gap, texts, sd in product(arguments.gaps, arguments.texts, arguments.sd):
        cells = []
        for seeds in arguments.seeds:
            rng = np.random.default_rng([gap, texts, seeds, int(10 * sd)])
            found = sum(
                the_first_is_called_better(standings_of(made_up(rng, 2, seeds, texts, sd / 100, gap / 100)))
                for _ in range(arguments.experiments)
            )
            cells.append(100 * found / arguments.experiments)
        print(f"{gap:6} {texts:6} {sd:4g}" + "".join(f"{cell:10.1f}" for cell in cells), flush=True)


def print_pools(file: Path, experiments: int) -> bool:
    """The table of real trainings against themselves; whether any cell is too high."""
    bad = False
    with np.load(file, allow_pickle=False) as stored:
        names = [name for name in stored if not name.endswith("_n")]
        pools: dict[str, Any] = {
            name: np.unpackbits(stored[name], axis=1)[:, : int(stored[f"{name}_n"])].astype(bool) for name in names
        }
    print(f"one architecture against itself, % of {experiments:,} draws in which it is called better than itself")
    print(f"{'pool':16}{'seeds':>7}{'texts':>7}{'3 : 3':>9}{'5 : 5':>9}{'3 : 8':>9}")
    for name, pool in pools.items():
        cells = []
        for first, second in ((3, 3), (5, 5), (3, 8)):
            rng = np.random.default_rng([first, second])
            found = 0
            for _ in range(experiments):
                drawn = rng.permutation(len(pool))
                groups = pool[drawn[:first]], pool[drawn[first : first + second]]
                found += any_is_told_apart(standings_of(groups))
            bad |= too_many(found, experiments)
            cells.append(100 * found / experiments)
        print(f"{name:16}{len(pool):7}{pool.shape[1]:7}" + "".join(f"{cell:9.1f}" for cell in cells), flush=True)
    return bad


def print_splits(arguments: argparse.Namespace) -> bool:
    """The tables of models over new splits; whether any cell is too high."""
    most = split_verdicts.print_splits(
        arguments.experiments, arguments.models, arguments.seeds, arguments.rows, arguments.gaps
    )
    return too_many(round(most * arguments.experiments), arguments.experiments)


def main() -> None:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split(",")]

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--experiments", type=int, default=2000)
    parser.add_argument("--models", type=numbers)
    parser.add_argument("--seeds", type=numbers)
    parser.add_argument("--texts", type=numbers, default=[20, 100, 540, 2000])
    parser.add_argument("--sd", type=lambda text: [float(part) for part in text.split(",")], default=[0.0, 1.0, 3.0])
    parser.add_argument("--gaps", type=numbers)
    parser.add_argument("--pools", type=Path, help="real trainings instead")
    parser.add_argument("--splits", action="store_true", help="trainings on new splits instead")
    parser.add_argument("--rows", type=numbers, default=[200, 1000], help="of the data that are split")
    arguments = parser.parse_args()
    usual = ([2, 5], [3, 5, 10], [2, 5]) if arguments.splits else ([2, 5, 10], [1, 3, 5, 10], [1, 2, 5])
    for name, default in zip(("models", "seeds", "gaps"), usual, strict=True):
        setattr(arguments, name, getattr(arguments, name) or default)
    if arguments.pools is not None:
        sys.exit(print_pools(arguments.pools, arguments.experiments))
    if arguments.splits:
        sys.exit(print_splits(arguments))
    bad = print_false(arguments)
    print_power(arguments)
    sys.exit(bad)


if __name__ == "__main__":
    main()
