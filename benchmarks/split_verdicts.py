"""How often the verdict over new splits finds a difference where there is none, and how often a planted one.

    python benchmarks/false_verdicts.py --splits [--experiments 2000] [--models 2,5] [--seeds 3,5,10] [--rows 200,1000]
                                                 [--gaps 2,5]

Data sets are drawn from a population that is known: two classes, and for each model numbers of its own that tell the
classes apart equally well, so that no model is better than another whatever is drawn. A model is a linear classifier
(ridge regression) on random features, which its seed draws; its seed also draws the split, by `split_rows`. What
`seqcore.analysis.pairs.judge` says of such models is counted, beside what the same t-test says without the correction
of Nadeau and Bengio. Then what the first model sees is made to tell more, so that the best classifier would gain so
many points; by how many the model is really better is printed too (the mean over all experiments).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from seqcore.analysis.over_splits import OverSplits
from seqcore.analysis.pairs import LEVEL, Pair, holm, judge
from seqcore.analysis.standings import Result
from seqcore.analysis.standings_over_splits import StandingOverSplits
from seqcore.datasets import LabelledText, Split, split_rows
from seqcore.spec import SplitOptions

NUMBERS, FEATURES = 6, 24  # of an example that one model sees; that its seed draws from them
ACCURACY = 0.85  # of the best classifier that there is
STRENGTH = 1.0  # of the ridge
SPLIT = SplitOptions(split_each_seed=True, group_duplicates=False)


@dataclass(frozen=True)
class Drawn:
    """A data set.

    Attributes:
        labels: (rows,) classes, 0 or 1.
        numbers: (models, rows, numbers) what each model sees of each row.
        number: Tells the seeds of its models from those of other data sets.
    """

    labels: NDArray[np.int64]
    numbers: NDArray[np.float64]
    number: int


def drawn(rng: np.random.Generator, models: int, rows: int, gap: float = 0.0) -> Drawn:
    """A data set of so many rows; what the first model sees is worth `gap` more accuracy to the best classifier."""
    labels = np.arange(rows) % 2
    apart = np.full((models, 1, 1), float(ndtri(ACCURACY)))  # of the classes, in standard deviations from the middle
    apart[0] = float(ndtri(ACCURACY + gap))
    numbers = rng.normal(size=(models, rows, NUMBERS))
    numbers += apart * (2 * labels - 1)[None, :, None] / sqrt(NUMBERS)
    return Drawn(labels, numbers, int(rng.integers(2**32)))


def trained(found: Drawn, model: int, split: Split, seed: int) -> Result:
    """A model trained on a split: ridge regression of the class on features that its seed draws."""
    rng, seen = np.random.default_rng([found.number, model, seed]), found.numbers[model]
    features = np.maximum(seen @ rng.normal(size=(NUMBERS, FEATURES)) + rng.normal(size=FEATURES), 0)
    features = np.hstack([features, np.ones((len(seen), 1))])
    learned, signs = features[split.train], 2.0 * found.labels[split.train] - 1
    weights = np.linalg.solve(learned.T @ learned + STRENGTH * np.eye(FEATURES + 1), learned.T @ signs)
    labels, predicted = found.labels[split.test], (features[split.test] @ weights > 0).astype(np.int64)
    return Result(
        run_id="", label=str(model), architecture="", seed=seed, accuracy=float((labels == predicted).mean()),
        macro_f1=0.0, loss=0.0, ms_per_text=0.0, parameters=0, training_seconds=0.0, rows=split.test, labels=labels,
        predicted=predicted, classes=("0", "1"), learned=len(split.train),
    )  # fmt: skip


@cache
def split_of(rows: int, seed: int) -> Split:
    """The split that a seed draws; the same for all data sets of a size, whose rows are drawn anew."""
    data = LabelledText("drawn", tuple(map(str, range(rows))), tuple(str(row % 2) for row in range(rows)))
    return split_rows(data, SPLIT.drawn_for(seed))


def standings_over_splits(found: Drawn, seeds: int) -> list[StandingOverSplits]:
    """The models of a data set, each trained from so many seeds on a split of each seed, the best first."""
    splits = [split_of(len(found.labels), seed) for seed in range(seeds)]
    models = [
        StandingOverSplits(
            str(model), "", tuple(trained(found, model, split, seed) for seed, split in enumerate(splits))
        )
        for model in range(len(found.numbers))
    ]
    return sorted(models, key=lambda model: -model.mean("accuracy"))


@dataclass(frozen=True)
class Claims:
    """How often models were told apart.

    Attributes:
        corrected: Experiments in which the verdict did.
        uncorrected: Those in which the t-test does without its correction.
        ahead: How much the first model was better, on average over all experiments.
    """

    corrected: int
    uncorrected: int
    ahead: float = 0.0


def false_claims(experiments: int, models: int, seeds: int, rows: int) -> Claims:
    """Of models that are equally good."""
    rng = np.random.default_rng([models, seeds, rows])
    told = [judge(standings_over_splits(drawn(rng, models, rows), seeds)) for _ in range(experiments)]
    return Claims(
        sum(any(pair.outcome in ("better", "worse") for pair in pairs) for pairs in told),
        sum(min(_uncorrected(pairs)) < LEVEL for pairs in told),
    )


def true_claims(experiments: int, seeds: int, rows: int, gap: float) -> Claims:
    """Of two models of which the first is better by so much, those that say so."""
    rng = np.random.default_rng([seeds, rows, round(1000 * gap)])
    told = [judge(standings_over_splits(drawn(rng, 2, rows, gap), seeds))[0] for _ in range(experiments)]
    right = [pair for pair in told if pair.first.label == "0"]
    return Claims(
        sum(pair.outcome == "better" for pair in right),
        sum(_uncorrected([pair])[0] < LEVEL for pair in right),
        float(np.mean([pair.gap if pair.first.label == "0" else -pair.gap for pair in told])),
    )


def _uncorrected(pairs: Sequence[Pair]) -> list[float]:
    """P-values that take the splits for independent ones, corrected for the number of pairs."""
    found = [pair.found for pair in pairs]
    return holm([replace(each, test_to_training=0.0).p_value() for each in found if isinstance(each, OverSplits)])


def print_splits(
    experiments: int, models: Sequence[int], seeds: Sequence[int], rows: Sequence[int], gaps: Sequence[float]
) -> float:
    """Print both tables; the largest share of false claims of the verdict."""
    head = "".join(f"{f'{each} seeds':>16}" for each in seeds)
    print(f"models over new splits, % of {experiments:,} experiments in which any is called better than another")
    print("the verdict / the resampled t-test without its correction")
    print(f"\nequally good\n{'models':>7}{'rows':>7}{head}")
    worst = 0.0
    for number, size in product(models, rows):
        claims = [false_claims(experiments, number, each, size) for each in seeds]
        worst = max([worst, *(each.corrected / experiments for each in claims)])
        print(f"{number:7}{size:7}" + "".join(_cell(each, experiments) for each in claims), flush=True)
    print(f"most in any cell: {100 * worst:.1f} %")
    print(f"\nthe first really better by so many points, and called so\n{'points':>7}{'rows':>7}{head}")
    for gap, size in product(gaps, rows):
        claims = [true_claims(experiments, each, size, gap / 100) for each in seeds]
        ahead = 100 * float(np.mean([each.ahead for each in claims]))
        print(f"{ahead:7.1f}{size:7}" + "".join(_cell(each, experiments) for each in claims), flush=True)
    return worst


def _cell(claims: Claims, experiments: int) -> str:
    share, other = 100 * claims.corrected / experiments, 100 * claims.uncorrected / experiments
    return f"{share:9.1f} /{other:5.1f}"
