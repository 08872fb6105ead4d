"""Models side by side: seeds brought together, the best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.significance import Difference, Interval, compare_answers, mcnemar_exact, wilson_interval

LEVEL = 0.05  # how often a difference may be called real that is chance


@dataclass(frozen=True)
class Result:
    """What one finished run scored on the test texts.

    Attributes:
        rows: (texts,) rows of the data set that were tested.
        right: (texts,) booleans, whether each was given its true class.
        epochs: Epochs that it took.
        best_epoch: The best of them by its validation; 0 where it is not known.
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
    right: NDArray[np.bool_]
    epochs: int = 0
    best_epoch: int = 0


@dataclass(frozen=True)
class Standing:
    """One model: the runs that differ in their seed only."""

    label: str
    architecture: str
    results: tuple[Result, ...]

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

    def interval(self) -> Interval:
        """95 % interval of the accuracy, from the number of test texts (Wilson)."""
        rows = len(self.results[0].rows)
        return wilson_interval(round(self.mean("accuracy") * rows), rows)


@dataclass(frozen=True)
class Baseline:
    """Always answering with the most frequent class of the training texts."""

    label: str
    right: NDArray[np.bool_]

    @property
    def accuracy(self) -> float:
        """Share of test texts of that class."""
        return float(self.right.mean())


def rank(results: Sequence[Result], group: Callable[[Result], object]) -> list[Standing]:
    """Models from the highest mean test accuracy down; lower loss breaks ties.

    Args:
        results: Finished runs.
        group: Equal for runs that differ in their seed only.
    """
    groups: dict[object, list[Result]] = {}
    for result in results:
        groups.setdefault(group(result), []).append(result)
    standings = [Standing(each[0].label, each[0].architecture, tuple(each)) for each in groups.values()]
    return sorted(standings, key=lambda standing: (-standing.mean("accuracy"), standing.mean("loss")))


def compare(first: Standing, second: Standing) -> Difference | None:
    """How much better the first is on the texts that both were tested on; None when there are none."""
    common = set(first.results[0].rows.tolist())
    for result in (*first.results, *second.results):
        common &= set(result.rows.tolist())
    if not common:
        return None
    kept = np.array(sorted(common))
    return compare_answers(_answers(first, kept), _answers(second, kept))


def no_better_than(standing: Standing, baseline: Baseline) -> bool:
    """Whether the model's answers are, as far as the test texts can tell, no better than the baseline's."""
    result = max(standing.results, key=lambda each: each.accuracy)
    if len(result.right) != len(baseline.right):
        return False
    only_model = int((result.right & ~baseline.right).sum())
    only_baseline = int((~result.right & baseline.right).sum())
    return only_model <= only_baseline or mcnemar_exact(only_model, only_baseline) >= LEVEL


def _answers(standing: Standing, rows: NDArray[Any]) -> NDArray[np.bool_]:
    """(seeds, rows) answers, in the order of `rows`."""
    aligned = []
    for result in standing.results:
        order = np.argsort(result.rows)
        aligned.append(result.right[order][np.searchsorted(result.rows[order], rows)])
    return np.stack(aligned)
