"""Models side by side: the runs of their seeds brought together, the best first."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evidence import FEWEST_SEEDS
from seqcore.analysis.intervals import LEVEL, Interval, t_quantile, wilson_interval
from seqcore.analysis.measures import Measure, accuracies

ACCURACY = Measure("accuracy", "Accuracy", accuracies)


@dataclass(frozen=True)
class Result:
    """What one finished run scored on the test texts.

    Attributes:
        rows: (texts,) rows of the data set that were tested.
        labels: (texts,) codes of their true classes.
        predicted: (texts,) codes of the answers.
        classes: Names of the classes.
        probabilities: (texts, classes), where they are known.
        validation_accuracy: Accuracy on the validation texts; not a number where it is not known.
        epochs: Epochs that it took.
        best_epoch: The best of them by its validation; 0 where it is not known.
        learned: Rows that it was trained on; 0 where it is not known.
    """

    run_id: str
    label: str
    architecture: str
    seed: int
    accuracy: float
    macro_f1: float
    loss: float
    ms_per_text: float
    parameters: int
    training_seconds: float
    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    predicted: NDArray[np.int64]
    classes: tuple[str, ...]
    probabilities: NDArray[np.floating] | None = None
    validation_accuracy: float = math.nan
    epochs: int = 0
    best_epoch: int = 0
    learned: int = 0

    @property
    def right(self) -> NDArray[np.bool_]:
        """(texts,) whether each was given its true class."""
        right: NDArray[np.bool_] = self.labels == self.predicted
        return right

    def of_rows(self, rows: NDArray[np.int64]) -> Result:
        """The same answers, to these rows of the data set only and in this order; all must have been tested."""
        if np.array_equal(rows, self.rows):
            return self
        order = np.argsort(self.rows)
        places = order[np.searchsorted(self.rows, rows, sorter=order)]
        probabilities = None if self.probabilities is None else self.probabilities[places]
        return replace(
            self, rows=rows, labels=self.labels[places], predicted=self.predicted[places], probabilities=probabilities
        )


@dataclass(frozen=True)
class Standing:
    """One model: the runs that differ in their seed only, all of one split.

    Attributes:
        label: What it is called.
        architecture: Name of its architecture.
        results: Of its runs.
        has_seeds: Whether another seed makes another model; of one that has none, one run is all there is.
        over_splits: Whether each seed draws a split of its own.
    """

    over_splits: ClassVar[bool] = False

    label: str
    architecture: str
    results: tuple[Result, ...]
    has_seeds: bool = True

    def mean(self, measure: str) -> float:
        """Mean over the seeds of an attribute of `Result`."""
        return float(np.mean([getattr(result, measure) for result in self.results]))

    def spread(self, measure: str) -> float:
        """Standard deviation over the seeds (n - 1); 0 for a single one."""
        values = [getattr(result, measure) for result in self.results]
        return float(np.std(values, ddof=1)) if len(values) > 1 else 0.0

    @property
    def seeds(self) -> int:
        """Runs of this model."""
        return len(self.results)

    @property
    def splits(self) -> int:
        """On how many splits of the data it was trained."""
        return self.seeds if self.over_splits else 1

    @property
    def counts_seeds(self) -> bool:
        """Whether it was trained often enough to know what its seeds do, or they do nothing."""
        return not self.has_seeds or self.seeds >= FEWEST_SEEDS

    def texts(self, measure: Measure = ACCURACY) -> NDArray[np.int64]:
        """Rows of the data set that all its runs were tested on, and that the measure is about, rising."""
        kept = [each.rows if measure.texts is None else each.rows[measure.texts(each)] for each in self.results]
        shared = kept[0]
        for rows in kept[1:]:
            shared = shared if np.array_equal(shared, rows) else np.intersect1d(shared, rows)
        return np.sort(shared)

    def scores(self, measure: Measure = ACCURACY, texts: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """(seeds, texts) score of each text by the run of each seed.

        Args:
            measure: Whose scores.
            texts: Which rows of the data set, each of which all runs were tested on; default: all of those.
        """
        wanted = self.texts(measure) if texts is None else texts
        return np.stack([measure.scores(result.of_rows(wanted)) for result in self.results])

    def by_seed(self, measure: Measure = ACCURACY) -> NDArray[np.float64]:
        """(seeds,) mean score of each run."""
        means: NDArray[np.float64] = self.scores(measure).mean(axis=1)
        return means

    def score(self, measure: Measure = ACCURACY) -> float:
        """Mean over its seeds and their texts."""
        return float(self.by_seed(measure).mean())

    def tested(self, measure: Measure = ACCURACY) -> int:
        """Test texts of a run that the measure is about."""
        return self.texts(measure).size

    def sd_texts(self, measure: Measure = ACCURACY) -> float:
        """Standard error of its mean score that comes from which texts were tested; 0 for a single text."""
        by_text = self.scores(measure).mean(axis=0)
        return float(by_text.std(ddof=1)) / math.sqrt(by_text.size) if by_text.size > 1 else 0.0

    def sd_seeds(self, measure: Measure = ACCURACY) -> float | None:
        """Standard deviation of its scores over the seeds; None where nobody knows it."""
        if not self.has_seeds:
            return 0.0
        by_seed = self.by_seed(measure)
        return float(by_seed.std(ddof=1)) if by_seed.size > 1 else None

    def interval(self, measure: Measure = ACCURACY, level: float = LEVEL) -> Interval:
        """Where its score lies for other texts and, where it was trained often enough, for other seeds.

        The margins of both sources are put together as in `two_sources`. With fewer seeds, of the trained models only.
        """
        of_texts, of_seeds = self.interval_of_texts(measure, level), 0.0
        if self.has_seeds and self.counts_seeds:
            of_seeds = t_quantile(self.seeds - 1, level) * float(self.by_seed(measure).std(ddof=1))
            of_seeds /= math.sqrt(self.seeds)
        mean = self.score(measure)
        low, high = math.hypot(mean - of_texts.low, of_seeds), math.hypot(of_texts.high - mean, of_seeds)
        return bounded(Interval(mean - low, mean + high, level), measure)

    def interval_of_texts(self, measure: Measure = ACCURACY, level: float = LEVEL) -> Interval:
        """Where the score of these trained models lies for other texts: Wilson's of an accuracy, else Student's."""
        by_text = self.scores(measure).mean(axis=0)
        if measure.scores is accuracies:
            return wilson_interval(float(by_text.sum()), by_text.size, level)
        margin = t_quantile(by_text.size - 1, level) * self.sd_texts(measure) if by_text.size > 1 else math.inf
        return bounded(Interval(float(by_text.mean()) - margin, float(by_text.mean()) + margin, level), measure)


def bounded(interval: Interval, measure: Measure) -> Interval:
    """A share stays from 0 to 1, and a loss is not negative."""
    most = 1.0 if measure.is_share else math.inf
    return Interval(max(0.0, interval.low), min(most, interval.high), interval.level)


@dataclass(frozen=True)
class Baseline:
    """Always answering with the most frequent class of the training texts.

    Attributes:
        label: The class.
        right: (texts,) whether each test text is of it.
        rows: (texts,) their rows of the data set.
    """

    label: str
    right: NDArray[np.bool_]
    rows: NDArray[np.int64]

    @property
    def accuracy(self) -> float:
        """Share of test texts of that class."""
        return float(self.right.mean())


def rank(
    results: Sequence[Result], group: Callable[[Result], object], *, has_seeds: Callable[[str], bool] | None = None
) -> list[Standing]:
    """Models from the highest mean test accuracy down; lower loss breaks ties.

    Args:
        results: Finished runs.
        group: Equal for runs that differ in their seed only.
        has_seeds: Of the name of an architecture, whether another seed makes another model; default: of each.
    """
    groups: dict[object, list[Result]] = {}
    for result in results:
        groups.setdefault(group(result), []).append(result)
    standings = [
        Standing(each[0].label, each[0].architecture, tuple(each), has_seeds is None or has_seeds(each[0].architecture))
        for each in groups.values()
    ]
    return sorted(standings, key=lambda standing: (-standing.mean("accuracy"), standing.mean("loss")))


def ranked_by(standings: Sequence[Standing], measure: Measure) -> list[Standing]:
    """The same models, the best by another measure first."""
    sign = -1 if measure.more_is_better else 1
    return sorted(standings, key=lambda standing: sign * standing.score(measure))


def chosen_by_validation(standings: Sequence[Standing]) -> Standing | None:
    """The model of the highest mean validation accuracy: a choice that the test texts know nothing of."""
    known = [each for each in standings if not math.isnan(each.mean("validation_accuracy"))]
    return max(known, key=lambda each: each.mean("validation_accuracy")) if known else None
