"""Models whose every seed drew a split of its own: what they scored, over texts, seeds and splits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evidence import FEWEST_SEEDS
from seqcore.analysis.intervals import LEVEL, Interval
from seqcore.analysis.measures import Measure
from seqcore.analysis.over_splits import OnSplit, compare_over_splits
from seqcore.analysis.standings import ACCURACY, Result, Standing, bounded


@dataclass(frozen=True)
class StandingOverSplits(Standing):
    """One model: the runs that differ in their seed, and so in the rows that they were trained and tested on.

    Of such a model another seed always makes another one, even where it is solved in closed form.
    """

    over_splits: ClassVar[bool] = True

    def texts(self, measure: Measure = ACCURACY) -> NDArray[np.int64]:
        """Rows of the data set that any of its runs was tested on, and that the measure is about, rising."""
        return np.unique(np.concatenate([rows for rows, _ in self._scored(measure)]))

    def scores(self, measure: Measure = ACCURACY, texts: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """(1, texts) score of each text, the mean over the runs that were tested on it.

        Args:
            measure: Whose scores.
            texts: Which rows of the data set, each of which some run was tested on; default: all of those.
        """
        scored = self._scored(measure)
        rows, places = np.unique(np.concatenate([rows for rows, _ in scored]), return_inverse=True)
        sums = np.bincount(places, weights=np.concatenate([scores for _, scores in scored]))
        means = sums / np.bincount(places)
        return means[None, :] if texts is None else means[None, np.searchsorted(rows, texts)]

    def by_seed(self, measure: Measure = ACCURACY) -> NDArray[np.float64]:
        """(seeds,) mean score of each run on its own test texts; without those that the measure has no text of."""
        return np.array([scores.mean() for _, scores in self._scored(measure) if scores.size])

    def tested(self, measure: Measure = ACCURACY) -> int:
        """Test texts of a run that the measure is about, on average."""
        return round(float(np.mean([rows.size for rows, _ in self._scored(measure)])))

    def interval(self, measure: Measure = ACCURACY, level: float = LEVEL) -> Interval:
        """Where its score lies for other texts, seeds and splits; with fewer than three, of the trained models only."""
        mean = self.score(measure)
        splits = [
            OnSplit(rows, scores, np.zeros(len(scores)), run.learned)
            for run, (rows, scores) in zip(self.results, self._scored(measure), strict=True)
            if rows.size
        ]
        if len(splits) >= FEWEST_SEEDS:
            found = compare_over_splits(splits)
            if found.variance > 0:  # else every answer was right, or none was
                return bounded(found.interval(level), measure)
        of_texts = super().interval_of_texts(measure, level)
        moved = mean - float(self.scores(measure).mean())  # texts that several runs were tested on count once there
        return bounded(Interval(of_texts.low + moved, of_texts.high + moved, level), measure)

    def interval_of_texts(self, measure: Measure = ACCURACY, level: float = LEVEL) -> Interval:
        """The same: which texts, which seed and which split were drawn, was drawn together."""
        return self.interval(measure, level)

    def on_splits_of(self, other: StandingOverSplits) -> StandingOverSplits:
        """The same model with those of its runs only whose seed and test rows a run of the other has, too."""
        runs = {run.seed: run for run in other.results}
        common = [run for run in self.results if run.seed in runs and alike(run, runs[run.seed])]
        return replace(self, results=tuple(common))

    def _scored(self, measure: Measure) -> list[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """Of each run the rows that the measure is about, rising, and their scores."""
        found = []
        for run in self.results:
            rows = np.sort(run.rows if measure.texts is None else run.rows[measure.texts(run)])
            found.append((rows, measure.scores(run.of_rows(rows))))
        return found


def alike(first: Result, second: Result) -> bool:
    """Whether two runs had the same seed and were tested on the same rows: on a split that both drew."""
    same = first.seed == second.seed and len(first.rows) == len(second.rows)
    return same and np.array_equal(np.sort(first.rows), np.sort(second.rows))
