"""What may be said of an experiment: the model that stands first, and in which group each of the others falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from seqcore.analysis.comparisons import compare_with_one_answer
from seqcore.analysis.measures import Measure
from seqcore.analysis.pairs import LEVEL, LIMIT, Pair, holm, judge
from seqcore.analysis.standings import ACCURACY, Baseline, Standing, ranked_by

Group = Literal["behind", "ahead", "equal", "undecided", "too_few_seeds", "other_texts"]
GROUPS: tuple[Group, ...] = ("behind", "ahead", "equal", "undecided", "too_few_seeds", "other_texts")


@dataclass(frozen=True)
class Verdict:
    """Of the models of an experiment.

    Attributes:
        standings: The models, the best by the measure first; those with too few seeds to speak of after all others.
        pairs: Every two of them, in that order.
        measure: What they are compared by.
        limit: Differences below it do not matter.
        baseline: What always giving the most frequent answer gets; None where that is not known.
        weak: Models that are not measurably better than the baseline.
    """

    standings: tuple[Standing, ...]
    pairs: tuple[Pair, ...]
    measure: Measure
    limit: float
    baseline: Baseline | None
    weak: tuple[Standing, ...]

    @property
    def best(self) -> Standing:
        """The model with the best mean of those that were trained often enough; of all where none was."""
        return self.standings[0]

    @property
    def against_the_best(self) -> tuple[Pair, ...]:
        """The best against each of the others, in their order."""
        return self.pairs[: len(self.standings) - 1]

    @property
    def counts_seeds(self) -> bool:
        """Whether every model was trained often enough to speak of its architecture."""
        return all(standing.counts_seeds for standing in self.standings)

    def group(self, name: Group) -> tuple[Pair, ...]:
        """The pairs of the best with the models of one group; every model but the best is in exactly one."""
        return tuple(pair for pair in self.against_the_best if group_of(pair) == name)


def group_of(pair: Pair) -> Group:
    """Where the second of a pair falls, seen from the first."""
    if pair.found is None:
        return "other_texts"
    if not pair.counts_seeds:
        return "too_few_seeds"
    groups: dict[str, Group] = {"better": "behind", "worse": "ahead", "equal": "equal"}
    return groups.get(pair.outcome, "undecided")


def verdict(
    standings: Sequence[Standing], baseline: Baseline | None, *, measure: Measure = ACCURACY, limit: float = LIMIT
) -> Verdict:
    """Compare every two models, and each with the baseline.

    Args:
        standings: At least one model.
        baseline: What always giving the most frequent answer gets.
        measure: What they are compared by; the baseline is told by accuracy only.
        limit: Differences below it do not matter.
    """
    ranked = list(standings) if measure.name == ACCURACY.name else ranked_by(standings, measure)
    ranked.sort(key=lambda standing: not standing.counts_seeds)
    weak = no_better_than(ranked, baseline) if baseline is not None and measure.name == ACCURACY.name else []
    return Verdict(
        tuple(ranked), tuple(judge(ranked, measure=measure, limit=limit)), measure, limit, baseline, tuple(weak)
    )


def no_better_than(standings: Sequence[Standing], baseline: Baseline) -> list[Standing]:
    """The models whose answers are, as far as texts and seeds can tell, no better than the baseline's.

    Each model's mean over its seeds is compared, never its luckiest run, and the p-values are corrected for the number
    of models (Holm). Of a model with fewer than three seeds, its trained runs are compared.
    """
    found = [(standing, compare_with_one_answer(standing, baseline)) for standing in standings]
    known = [(standing, evidence) for standing, evidence in found if evidence is not None]
    corrected = holm([evidence.p_value() for _, evidence in known])
    return [
        standing
        for (standing, evidence), p_value in zip(known, corrected, strict=True)
        if evidence.value <= 0 or p_value >= LEVEL
    ]
