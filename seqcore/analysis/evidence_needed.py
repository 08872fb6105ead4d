"""How many more seeds, or test texts, would tell two models apart or show them to be equal."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy import special

from seqcore.analysis.evidence import Evidence
from seqcore.analysis.intervals import LEVEL
from seqcore.analysis.two_sources import TwoSources

POWER = 0.8  # how often what is named should tell
MOST_SEEDS, MOST_TEXTS = 40, 10_000_000  # of a model, of a test; more is out of reach


@dataclass(frozen=True)
class EvidenceNeeded:
    """What would tell in four of five cases; None where that alone never would.

    Attributes:
        seeds: More of each model.
        texts: More to test on.
        times: How many times as many of both; None where one of them alone would do, or not even that.
    """

    seeds: int | None = None
    texts: int | None = None
    times: float | None = None


def evidence_needed(found: Evidence, *, limit: float, comparisons: int = 1) -> EvidenceNeeded:
    """The fewest more seeds of each model, and the fewest more texts, either of which would tell.

    The power is Φ((max(limit, |difference|) - M) / √V), with the margin M at the level that so many comparisons leave
    to each, and both from the spreads that were measured. What more texts would do is known only where they are tested
    and not learned from: not where each seed has a split of its own, which gives a part of them to training.

    Args:
        found: Two models that could not be told apart, with three seeds each at least, or none.
        limit: Differences below it do not matter.
        comparisons: How many are made at once.
    """
    alpha, numbers = (1 - LEVEL) / max(1, comparisons), found.numbers_of_seeds

    def tells(planned: Evidence) -> bool:
        room = max(limit, abs(found.value)) - planned.margin(alpha)
        spread = math.sqrt(planned.variance)
        return room > 0 and (spread == 0 or float(special.ndtr(room / spread)) >= POWER)

    seeds = _fewest(max(numbers), MOST_SEEDS, lambda number: tells(found.with_seeds(number))) if numbers else None
    more_seeds = None if seeds is None else seeds - min(numbers)
    if not isinstance(found, TwoSources):
        return EvidenceNeeded(more_seeds)
    texts = _fewest(found.texts, MOST_TEXTS, lambda number: tells(found.as_if(texts=number)))
    if seeds is None and texts is None and numbers:
        each = found.texts / max(numbers)
        both = _fewest(
            max(numbers), MOST_SEEDS, lambda number: tells(found.as_if(seeds=number, texts=round(number * each)))
        )
        return EvidenceNeeded(times=None if both is None else both / max(numbers))
    return EvidenceNeeded(more_seeds, None if texts is None else texts - found.texts)


def _fewest(now: int, most: int, tells: Callable[[int], bool]) -> int | None:
    """The smallest number above `now` that tells; None where not even `most` does."""
    if not tells(most):
        return None
    low, high = now, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if tells(middle) else (middle, high)
    return high
