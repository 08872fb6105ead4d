"""Two models, or a model and one answer to all: the evidence of the kind that their runs can give."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evidence import FEWEST_SEEDS, Evidence
from seqcore.analysis.measures import Measure
from seqcore.analysis.over_splits import OnSplit, compare_over_splits
from seqcore.analysis.standings import ACCURACY, Baseline, Standing
from seqcore.analysis.standings_over_splits import StandingOverSplits, alike
from seqcore.analysis.two_sources import compare_scores


def compare_models(first: Standing, second: Standing, measure: Measure) -> Evidence | None:
    """The evidence on two models; None where they share no test text, or no split where each seed drew its own.

    With fewer than three seeds of a model that has any, or three splits that both drew, it is on these trained models.
    """
    shared = on_the_same_texts(first, second)
    if shared is None:
        return None
    first, second = shared
    if isinstance(first, StandingOverSplits) and isinstance(second, StandingOverSplits):
        splits = _splits(first, second, measure)
        if len(splits) >= FEWEST_SEEDS:
            return compare_over_splits(splits)
    texts = shared_texts(first, second, measure)
    if not texts.size:
        return None
    counted = not first.over_splits and first.counts_seeds and second.counts_seeds
    return compare_scores(
        first.scores(measure, texts), second.scores(measure, texts),
        first_has_seeds=first.has_seeds and counted, second_has_seeds=second.has_seeds and counted,
        of_architectures=counted,
    )  # fmt: skip


def compare_with_one_answer(standing: Standing, baseline: Baseline) -> Evidence | None:
    """The evidence on a model's accuracy against that of one answer to all, on the texts that both were tested on.

    Of a model with fewer than three seeds, its trained runs are compared.

    Returns:
        None where there are no such texts.
    """
    if isinstance(standing, StandingOverSplits):
        return _over_splits_with_one_answer(standing, baseline)
    rows, _, places = np.intersect1d(standing.texts(), baseline.rows, return_indices=True)
    if not rows.size:
        return None
    counted = standing.has_seeds and standing.counts_seeds
    return compare_scores(
        standing.scores(texts=rows), baseline.right[places], first_has_seeds=counted, second_has_seeds=False,
        of_architectures=standing.counts_seeds,
    )  # fmt: skip


def on_the_same_texts(first: Standing, second: Standing) -> tuple[Standing, Standing] | None:
    """Two models by those of their runs that can be compared: where seeds drew splits of their own, on common ones.

    Returns:
        None where there are none: no split is common, or one has a split for each seed and the other has one for all.
    """
    if isinstance(first, StandingOverSplits) and isinstance(second, StandingOverSplits):
        pair = first.on_splits_of(second), second.on_splits_of(first)
        return pair if pair[0].results else None
    return None if first.over_splits or second.over_splits else (first, second)


def shared_texts(first: Standing, second: Standing, measure: Measure) -> NDArray[np.int64]:
    """Rows of the data set that both were tested on, and that the measure is about, rising."""
    one, other = first.texts(measure), second.texts(measure)
    return one if np.array_equal(one, other) else np.intersect1d(one, other)


def _splits(first: StandingOverSplits, second: StandingOverSplits, measure: Measure) -> list[OnSplit]:
    found = []
    for one in first.results:
        other = next(each for each in second.results if alike(one, each))
        rows = np.sort(one.rows if measure.texts is None else one.rows[measure.texts(one)])
        if rows.size:
            scores = measure.scores(one.of_rows(rows)), measure.scores(other.of_rows(rows))
            found.append(OnSplit(rows, *scores, learned=min(one.learned, other.learned)))
    return found


def _over_splits_with_one_answer(standing: StandingOverSplits, baseline: Baseline) -> Evidence | None:
    classes = standing.results[0].classes
    if baseline.label not in classes:
        return None
    code = classes.index(baseline.label)
    splits = [
        OnSplit(each.rows, ACCURACY.scores(each), (each.labels == code).astype(float), each.learned)
        for each in standing.results
    ]
    if len(splits) >= FEWEST_SEEDS:
        return compare_over_splits(splits)
    first, second = (np.concatenate([getattr(each, name) for each in splits]) for name in ("first", "second"))
    return compare_scores(first, second, first_has_seeds=False, second_has_seeds=False, of_architectures=False)
