"""Every two models against each other: better, worse, equal for practical purposes, or not enough evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from scipy import special

from seqcore.analysis.comparisons import compare_models, on_the_same_texts, shared_texts
from seqcore.analysis.evidence import FEWEST_SEEDS, Evidence
from seqcore.analysis.evidence_needed import EvidenceNeeded, evidence_needed
from seqcore.analysis.measures import Measure
from seqcore.analysis.over_splits import OverSplits
from seqcore.analysis.standings import ACCURACY, Standing

LEVEL = 0.05  # how often, of all that is said of an experiment, anything may be false
LIMIT = 0.01  # a point: differences below it do not matter, unless somebody says otherwise

Outcome = Literal["better", "worse", "equal", "undecided"]


@dataclass(frozen=True)
class Pair:
    """Two models of an experiment.

    Attributes:
        first: The one that stands higher.
        second: The other.
        found: Their difference, in the measure's own units; None when there is nothing on which both were tested.
        p_value: How often chance alone gives such a difference.
        p_corrected: The same for all pairs that speak of architectures, or else of trained models, together (Holm).
        outcome: What may be said of the first.
        needed: What would tell, where the evidence is not enough.
        measure: What they are compared by.
    """

    first: Standing
    second: Standing
    found: Evidence | None
    p_value: float
    p_corrected: float
    outcome: Outcome
    needed: EvidenceNeeded
    measure: Measure = ACCURACY

    @property
    def gap(self) -> float:
        """How much better the first is, whichever way the measure points; 0 when nothing is known."""
        value = 0.0 if self.found is None else self.found.value
        return value if self.measure.more_is_better else -value

    @property
    def only_one_right(self) -> tuple[float, float]:
        """Texts that only the first gets right and that only the second does, averaged over the seeds of both."""
        return _only_one_right(self.first, self.second, self.measure)

    @property
    def counts_seeds(self) -> bool:
        """Whether it speaks of architectures, not of these trained models alone."""
        return self.found is not None and self.found.of_architectures

    @property
    def counts_splits(self) -> bool:
        """Whether it speaks of other splits of the data, too."""
        return isinstance(self.found, OverSplits)

    @property
    def common_splits(self) -> int | None:
        """How many splits both drew, where each seed drew its own; else None."""
        if not (self.first.over_splits and self.second.over_splits):
            return None
        shared = on_the_same_texts(self.first, self.second)
        return 0 if shared is None else shared[0].seeds


def judge(standings: Sequence[Standing], *, measure: Measure = ACCURACY, limit: float = LIMIT) -> list[Pair]:
    """All pairs, in the order of the models.

    With fewer than three seeds of a model that has any, the outcome stays open whatever these trained models did, and
    the p-value is about them alone: McNemar's where each was trained once.

    Args:
        standings: The models, the best first.
        measure: What they are compared by.
        limit: Differences below it do not matter.
    """
    return judge_pairs(list(combinations(standings, 2)), measure=measure, limit=limit)


def judge_pairs(
    pairs: Sequence[tuple[Standing, Standing]], *, measure: Measure = ACCURACY, limit: float = LIMIT
) -> list[Pair]:
    """The same of some pairs, corrected for all of these together; they need not be of one experiment."""
    found = [compare_models(first, second, measure) for first, second in pairs]
    p_values = [
        1.0 if each is None else _p_value(*pair, each, measure) for pair, each in zip(pairs, found, strict=True)
    ]
    counted = [place for place, each in enumerate(found) if each is not None and each.of_architectures]
    as_trained = [place for place, each in enumerate(found) if each is not None and not each.of_architectures]
    corrected = _holm_of(_holm_of(p_values, counted), as_trained)
    equal = _holm_of([1.0 if each is None else each.p_of_mattering(limit) for each in found], counted)
    return [
        _judged(first, second, each, measure, limit, (p_value, p_corrected, p_equal), len(counted))
        for (first, second), each, p_value, p_corrected, p_equal in zip(
            pairs, found, p_values, corrected, equal, strict=True
        )
    ]


def mcnemar_exact(only_first: int, only_second: int) -> float:
    """P-value that two models are equally good, from the texts that only one of them gets right.

    Twice the smaller tail of Binomial(n, 1/2), at most 1. Source: McNemar, Psychometrika 12 (1947), exact form.
    """
    return min(1.0, 2 * float(special.bdtr(min(only_first, only_second), only_first + only_second, 0.5)))


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values of several tests, corrected so that all of them together err in 5 % of cases.

    Source: Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979).
    """
    corrected, greatest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda place: p_values[place])):
        greatest = max(greatest, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = greatest
    return corrected


def _holm_of(p_values: Sequence[float], places: Sequence[int]) -> list[float]:
    """Corrected for those places; the others stay as they are."""
    every = list(p_values)
    for place, value in zip(places, holm([p_values[place] for place in places]), strict=True):
        every[place] = value
    return every


def _only_one_right(first: Standing, second: Standing, measure: Measure) -> tuple[float, float]:
    shared = on_the_same_texts(first, second)
    if shared is None:
        return 0.0, 0.0
    first, second = shared
    texts = shared_texts(first, second, measure)
    more = first.scores(ACCURACY, texts).mean(axis=0) - second.scores(ACCURACY, texts).mean(axis=0)
    return float(more[more > 0].sum()), float((-more)[more < 0].sum())  # of none 0, never -0


def _p_value(first: Standing, second: Standing, found: Evidence, measure: Measure) -> float:
    if first.seeds == second.seeds == 1 and measure.scores is ACCURACY.scores:
        only_first, only_second = _only_one_right(first, second, measure)
        return mcnemar_exact(round(only_first), round(only_second))
    return found.p_value()


def _judged(
    first: Standing, second: Standing, found: Evidence | None, measure: Measure, limit: float,
    p_values: tuple[float, float, float], comparisons: int,
) -> Pair:  # fmt: skip
    p_value, p_corrected, p_equal = p_values
    outcome: Outcome = "undecided"
    if found is not None and found.of_architectures:
        if p_equal < LEVEL:
            outcome = "equal"
        elif p_corrected < LEVEL:
            outcome = "better" if (found.value > 0) == measure.more_is_better else "worse"
    pair = Pair(first, second, found, p_value, p_corrected, outcome, EvidenceNeeded(), measure)
    return replace(pair, needed=_needed(pair, limit, comparisons))


def _needed(pair: Pair, limit: float, comparisons: int) -> EvidenceNeeded:
    if pair.found is None or pair.outcome != "undecided":
        return EvidenceNeeded()
    if pair.counts_seeds:
        return evidence_needed(pair.found, limit=limit, comparisons=comparisons)
    known = [each.seeds for each in (pair.first, pair.second) if not each.counts_seeds]
    if pair.common_splits is not None:
        known.append(pair.common_splits)
    return EvidenceNeeded(max(1, FEWEST_SEEDS - min(known)))
