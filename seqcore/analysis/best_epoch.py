"""Which epoch was the best, as every part of the program means it: the first with the lowest validation loss."""

from __future__ import annotations

import math
from collections.abc import Sequence


def best_epoch(losses: Sequence[float]) -> int:
    """Its number, from 1; 0 when there is none.

    Args:
        losses: Validation loss after each epoch, in nats; one that is not a number is never the best.
    """
    best, found = math.inf, 0
    for number, loss in enumerate(losses, start=1):
        if loss < best:
            best, found = loss, number
    return found


def epoch_of(best: Sequence[int], epochs: Sequence[int]) -> str:
    """In words: "2 of 10", of several runs "2 to 5 of 10"; empty when one of them does not know.

    Args:
        best: The best epoch of each run, 0 where it is not known.
        epochs: Epochs that each took.
    """
    if not best or 0 in best:
        return ""
    return f"{_range(best)} of {_range(epochs)}"


def _range(numbers: Sequence[int]) -> str:
    least, most = min(numbers), max(numbers)
    return str(least) if least == most else f"{least} to {most}"
