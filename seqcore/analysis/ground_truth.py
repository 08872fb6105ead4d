"""How much of a map lies on the words that are known to matter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.intervals import Interval, t_quantile

Span = tuple[int, int]
_TIED = 1e-9  # of the greatest score: what is no further below it is as great


@dataclass(frozen=True)
class MapScore:
    """A map of one text beside what is known.

    Attributes:
        share: Of the sizes of all scores, what lies on the words that matter: 0 to 1.
        even: The share that a map would have that marks every word alike.
        hit: 1 where a word that matters is marked most, else 0; where several are marked alike, the share of those
            that matter. Source: the pointing game, Zhang et al., Top-down neural attention by excitation backprop,
            ECCV 2016.
    """

    share: float
    even: float
    hit: float


@dataclass(frozen=True)
class MapScores:
    """The same over several texts.

    Attributes:
        texts: How many; the others have no word that matters among those read.
        share: Mean.
        interval: Of the mean, texts as the units drawn, by Student's t; None of a single text.
        even: Mean.
        hits: Share of the texts.
    """

    texts: int
    share: float
    interval: Interval | None
    even: float
    hits: float


def matters(steps: Sequence[Span], evidence: Sequence[Span]) -> NDArray[np.bool_]:
    """(steps,) whether each step shares a character with a word that matters.

    Args:
        steps: Where each step begins and ends in the text.
        evidence: The same of the words that matter.
    """
    if not steps or not evidence:
        return np.zeros(len(steps), bool)
    start, end = np.array(steps).T
    first, last = np.array(evidence).T
    overlaps: NDArray[np.bool_] = ((start[:, None] < last) & (first < end[:, None])).any(axis=1)
    return overlaps


def score_of(scores: NDArray[np.floating], on: NDArray[np.bool_]) -> MapScore | None:
    """What a map of a text is worth; None where none of its words matters.

    Args:
        scores: (steps,) of the map, of either sign.
        on: (steps,) which of them matter. A map that is 0 everywhere marks all alike.
    """
    if not on.any():
        return None
    sizes, even = np.abs(scores.astype(np.float64)), float(on.mean())
    total = float(sizes.sum())
    if not total > 0:
        return MapScore(even, even, even)
    most = sizes >= sizes.max() * (1 - _TIED)
    return MapScore(float(sizes[on].sum() / total), even, float(on[most].mean()))


def score_together(found: Sequence[MapScore]) -> MapScores | None:
    """Means over texts; None where there is none."""
    if not found:
        return None
    shares = np.array([each.share for each in found])
    mean, texts = float(shares.mean()), len(found)
    interval = None
    if texts > 1:
        half = t_quantile(texts - 1) * float(shares.std(ddof=1)) / math.sqrt(texts)
        interval = Interval(max(0.0, mean - half), min(1.0, mean + half))
    even, hits = (float(np.mean([getattr(each, name) for each in found])) for name in ("even", "hit"))
    return MapScores(texts, mean, interval, even, hits)


def sentence_of(score: MapScore, step: str = "word") -> str:
    """What is said of a map of one example; `step`: what its steps are called."""
    times = f" ({score.share / score.even:.1f} times an even share)" if score.even < 1 else ""
    hit = "marked most is one of them" if score.hit > 0.5 else "marked most is none of them"
    return f"{_percent(score.share)} of this map lies on the {step}s that matter{times}; the {step} {hit}."


def sentence_of_many(scores: MapScores, step: str = "word", examples: str = "texts") -> str:
    """What is said of a map over several examples; `step`: what their steps are called."""
    between = "" if scores.interval is None else (
        f" [{_percent(scores.interval.low)} to {_percent(scores.interval.high)}]"
    )  # fmt: skip
    return (
        f"Over {scores.texts:,} test {examples} {_percent(scores.share)}{between} lies on the {step}s that matter, "
        f"where an even share would be {_percent(scores.even)}; in {_percent(scores.hits)} one of them is marked most."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"
