"""What a model loses when the words of each test text are shuffled: whether it uses their order."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.intervals import Interval, t_quantile


@dataclass(frozen=True)
class OrderLoss:
    """What the same model scores on the same texts, as they were written and shuffled.

    Attributes:
        texts: How many were asked about.
        accuracy: Share right as written.
        shuffled: Share right in each shuffle.
        lost: `accuracy` less the mean of `shuffled`.
        interval: Of what it would lose on all such texts.
        changed: Share of the answers to shuffled texts that are others than to the text as written.
    """

    texts: int
    accuracy: float
    shuffled: tuple[float, ...]
    lost: float
    interval: Interval
    changed: float


def order_loss(labels: NDArray[np.integer], written: NDArray[np.integer], shuffled: NDArray[np.integer]) -> OrderLoss:
    """Compare the answers text by text.

    The interval is Student's t over texts, each with its loss averaged over the shuffles: the shuffles of a text are
    drawn apart from those of others, so that what they add by chance is in the spread between texts.

    Args:
        labels: (texts,) codes of the true classes, at least one.
        written: (texts,) codes of the answers to the texts as they are.
        shuffled: (shuffles, texts) codes of the answers to the shuffled ones.
    """
    right = shuffled == labels  # (shuffles, texts)
    losses = (written == labels) - right.mean(axis=0)  # (texts,)
    lost, texts = float(losses.mean()), len(labels)
    margin = 1.0 if texts == 1 else t_quantile(texts - 1) * float(losses.std(ddof=1)) / math.sqrt(texts)
    return OrderLoss(
        texts=texts,
        accuracy=float((written == labels).mean()),
        shuffled=tuple(right.mean(axis=1).tolist()),
        lost=lost,
        interval=Interval(max(-1.0, lost - margin), min(1.0, lost + margin)),
        changed=float((shuffled != written).mean()),
    )


def order_sentence(found: OrderLoss) -> str:
    """What it says about the model; true whatever the numbers are."""
    written, without = _percent(found.accuracy), _percent(float(np.mean(found.shuffled)))
    tested = f"{found.texts:,} test text{'' if found.texts == 1 else 's'}"
    if found.changed == 0:
        return (
            f"Every answer to {tested} stays the same when the words are shuffled: no use of their order can be seen."
        )
    between = f"95\N{NO-BREAK SPACE}% interval {_points(found.interval.low)} to {_points(found.interval.high)}"
    told = f"Right in {written} of {tested} as written, in {without} with their words shuffled"
    if found.interval.low > 0:
        return f"{told}: {_points(found.lost)} points lost ({between}), so it uses the order of the words."
    if found.interval.high < 0:
        return f"{told}: {_points(-found.lost)} points won (loss: {between}), so the order of the words misleads it."
    return f"{told}: a loss of {_points(found.lost)} points ({between}) can be chance, so the order may not be needed."


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"


def _points(share: float) -> str:
    shown = f"{100 * share:.1f}"
    return "0.0" if shown == "-0.0" else shown.replace("-", "\N{MINUS SIGN}")
