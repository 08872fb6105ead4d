"""Where models are worse than elsewhere, corrected for having searched every slice of every model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.slicing import FEWEST, Slicing

LEVEL = 0.05
_MOST_DRAWS, _FEWEST_DRAWS = 1_999, 199
_WORK = 1_500_000_000  # multiplications that may be spent on them

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class SliceScore:
    """How one model does on one slice.

    Attributes:
        slicing: By what the slice was cut.
        group: What it is called.
        texts: How many it has.
        accuracy: Share of them that is right, over all seeds.
        elsewhere: The same of all other texts.
        deficit: How many standard deviations fewer are right than of as many texts drawn at random.
        p_value: How often chance alone gives any of the models any slice as bad as this one.
    """

    slicing: str
    group: str
    texts: int
    accuracy: float
    elsewhere: float
    deficit: float
    p_value: float

    @property
    def is_real(self) -> bool:
        """Whether chance alone would rarely give it, all that was searched being counted."""
        return self.p_value < LEVEL


def slice_scores(
    scores: Scores, slicings: Sequence[Slicing], *, seed: int = 0, draws: int = _MOST_DRAWS
) -> list[tuple[SliceScore, ...]]:
    """For each model every slice, in the order of the slicings.

    The p-value is that of the largest deficit among all models and slices when the texts are dealt to the slices at
    random (max-statistic permutation): of data without any bad slice, at most 5 % have one under 0.05. Source: Westfall
    and Young, Resampling-based multiple testing (1993), single step.

    Args:
        scores: (models, texts) from 0 to 1: the share of a model's seeds that get a text right.
        slicings: Each with a place for every text; a slice of all texts, or of all but a few, says nothing and is left
            out.
        seed: Draws the permutations; the same seed gives the same numbers.
        draws: Most permutations; fewer of many texts.
    """
    slices = [
        (slicing.name, group, slicing.places == place)
        for slicing in slicings
        for place, group in enumerate(slicing.groups)
        if int((slicing.places == place).sum()) <= scores.shape[1] - FEWEST
    ]
    if not slices:
        return [() for _ in scores]
    members = np.array([inside for *_, inside in slices], np.float64)  # (slices, texts)
    sizes, texts = members.sum(axis=1), scores.shape[1]
    deficits = _deficits(scores, members, sizes)
    affordable = max(_FEWEST_DRAWS, _WORK // (members.size * len(scores)))
    worst = _largest_by_chance(scores, members, sizes, min(draws, affordable), np.random.default_rng(seed))
    as_bad = (worst[:, None, None] >= deficits - 1e-9).sum(axis=0)
    p_values = (as_bad + 1) / (len(worst) + 1)
    right = scores @ members.T  # (models, slices)
    rest = (scores.sum(axis=1)[:, None] - right) / (texts - sizes)
    return [
        tuple(
            SliceScore(
                name, group, int(sizes[at]), float(right[model, at] / sizes[at]), float(rest[model, at]),
                float(deficits[model, at]), float(p_values[model, at]),
            )
            for at, (name, group, _) in enumerate(slices)
        )
        for model in range(len(scores))
    ]  # fmt: skip


def worst_slice(found: Sequence[SliceScore]) -> SliceScore | None:
    """Where a model is worst: the slice that chance would give most rarely; None where there are no slices."""
    return max(found, key=lambda each: each.deficit, default=None)


def _deficits(scores: Scores, members: Scores, sizes: Scores) -> Scores:
    """(models, slices): how far each mean lies below the model's, in standard deviations of a draw without return."""
    spread = scores.std(axis=1, ddof=1)[:, None] * np.sqrt((1 / sizes) * (1 - sizes / scores.shape[1]))
    below = scores.mean(axis=1)[:, None] - scores @ members.T / sizes
    found: Scores = np.divide(below, spread, out=np.zeros_like(below), where=spread > 1e-12)
    return found


def _largest_by_chance(scores: Scores, members: Scores, sizes: Scores, draws: int, rng: np.random.Generator) -> Scores:
    """(draws,) the largest deficit of all, the texts shuffled; a text keeps what all models made of it."""
    return np.array(
        [_deficits(scores[:, rng.permutation(scores.shape[1])], members, sizes).max() for _ in range(draws)]
    )
