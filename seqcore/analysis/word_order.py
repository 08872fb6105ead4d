"""What a model loses when the words of each test text are shuffled: whether it uses their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.evidence import FEWEST_SEEDS, Evidence
from seqcore.analysis.intervals import Interval
from seqcore.analysis.over_splits import OnSplit, compare_over_splits
from seqcore.analysis.two_sources import compare_scores
from seqcore.analysis.verdict_numbers import percent


@dataclass(frozen=True)
class OrderLoss:
    """What one trained model scores on the same texts, as they were written and shuffled.

    Attributes:
        accuracy: Share right as written.
        shuffled: Share right in each shuffle.
        changed: Share of the answers to shuffled texts that are others than to the text as written.
        losses: (texts,) whether each is right as written, less the share of its shuffles that are.
    """

    accuracy: float
    shuffled: tuple[float, ...]
    changed: float
    losses: NDArray[np.float64]


@dataclass(frozen=True)
class ModelOrderLoss:
    """The same of a model: the mean over the seeds that were asked.

    Attributes:
        texts: How many each was asked about; a mean where each had a split of its own.
        seeds: How many were asked.
        accuracy: Share right as written.
        shuffled: Share right with shuffled words.
        lost: The first less the second.
        interval: Of what would be lost, by other texts and, where `covers` says so, other seeds.
        covers: What the interval counts: "texts", "texts and seeds", "texts, seeds and splits", or, of fewer than three
            splits, nothing: the interval is then all that there is.
        changed: Share of the answers to shuffled texts that are others than to the text as written.
    """

    texts: int
    seeds: int
    accuracy: float
    shuffled: float
    lost: float
    interval: Interval
    covers: str
    changed: float


def order_loss(labels: NDArray[np.integer], written: NDArray[np.integer], shuffled: NDArray[np.integer]) -> OrderLoss:
    """Compare the answers text by text.

    Args:
        labels: (texts,) codes of the true classes, at least one.
        written: (texts,) codes of the answers to the texts as they are.
        shuffled: (shuffles, texts) codes of the answers to the shuffled ones.
    """
    right = shuffled == labels  # (shuffles, texts)
    return OrderLoss(
        accuracy=float((written == labels).mean()),
        shuffled=tuple(right.mean(axis=1).tolist()),
        changed=float((shuffled != written).mean()),
        losses=(written == labels) - right.mean(axis=0),
    )


def over_seeds(
    runs: Sequence[OrderLoss], *, has_seeds: bool = True, learned: Sequence[int] | None = None
) -> ModelOrderLoss:
    """The mean of a model's runs, with an interval.

    Its margin counts which texts were tested (the shuffles of a text are drawn apart from those of others, so that what
    they add by chance is in the spread between texts) and, of three seeds or more, which seeds were drawn, put together
    as in `two_sources`. Of seeds with a split each it counts what `over_splits` does.

    Args:
        runs: At least one; all of the same texts, unless `learned` is given.
        has_seeds: Whether another seed makes another model.
        learned: Where each run drew a split of its own, the rows that each was trained on.
    """
    counted = has_seeds and len(runs) >= FEWEST_SEEDS
    if learned is None:
        losses = np.stack([each.losses for each in runs])  # (seeds, texts)
        nothing = np.zeros((1, losses.shape[1]))
        found: Evidence = compare_scores(losses, nothing, first_has_seeds=counted, second_has_seeds=False)
        covers = "texts and seeds" if counted else "texts"
    else:
        found = compare_over_splits([_on_split(each, rows) for each, rows in zip(runs, learned, strict=True)])
        covers = "texts, seeds and splits" if counted else ""
    interval = found.interval()
    return ModelOrderLoss(
        texts=round(float(np.mean([len(each.losses) for each in runs]))),
        seeds=len(runs),
        accuracy=float(np.mean([each.accuracy for each in runs])),
        shuffled=float(np.mean([each.shuffled for each in runs])),
        lost=found.value,
        interval=Interval(max(-1.0, interval.low), min(1.0, interval.high)) if covers else Interval(-1.0, 1.0),
        covers=covers,
        changed=float(np.mean([each.changed for each in runs])),
    )


def _on_split(run: OrderLoss, learned: int) -> OnSplit:
    return OnSplit(np.arange(len(run.losses)), run.losses, np.zeros(len(run.losses)), learned)


def order_change(found: ModelOrderLoss, *, of_seeds: int = 1) -> str:
    """Both accuracies and what they are of: "81.4 % → 75.2 % (mean of 3 of 5 seeds, 540 test texts)".

    Args:
        found: Of a model.
        of_seeds: How many seeds the model has.
    """
    asked = f"{found.seeds} of {of_seeds}" if of_seeds > found.seeds else str(found.seeds)
    mean = f"mean of {asked} seeds, " if found.seeds > 1 else f"{asked} seeds, " if of_seeds > 1 else ""
    tested = f"{found.texts:,} test text{'' if found.texts == 1 else 's'}"
    return f"{percent(found.accuracy)} → {percent(found.shuffled)} ({mean}{tested})"


def order_sentence(found: ModelOrderLoss) -> str:
    """What it says about the model; true whatever the numbers are."""
    if found.changed == 0:
        return "Every answer stays the same when the words are shuffled: no use of their order can be seen."
    if not found.covers:
        return f"{_lost(found.lost)}; with fewer than {FEWEST_SEEDS} splits nothing can be said about chance."
    between = f"95\N{NO-BREAK SPACE}% interval {_points(found.interval.low)} to {_points(found.interval.high)}"
    told = f"{_lost(found.lost)} ({'loss: ' * (found.lost < 0)}{between}, over {found.covers})"
    if found.interval.low > 0:
        return f"{told}, so it uses the order of the words."
    if found.interval.high < 0:
        return f"{told}, so the order of the words misleads it."
    return f"{told}: that can be chance, so the order may not be needed."


def _lost(share: float) -> str:
    return f"{_points(share)} points lost" if share >= 0 else f"{_points(-share)} points won"


def _points(share: float) -> str:
    return f"{100 * share:z.1f}".replace("-", "\N{MINUS SIGN}")
