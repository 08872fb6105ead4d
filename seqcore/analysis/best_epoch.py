"""Which epoch was the best, as every part of the program means it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Merit = tuple[float, ...]  # of two epochs, the one with the greater is better


def merit(loss: float, accuracy: float, keep: str) -> Merit:
    """How good an epoch is, from what its weights get on the validation texts.

    Accuracy decides and loss breaks ties, unless the lowest loss is asked for: a model's loss goes up while it is
    still learning, because it grows more certain.

    Args:
        loss: In nats.
        accuracy: Share of right answers.
        keep: As `seqcore.spec.TrainingOptions` has it.
    """
    if math.isnan(loss):
        return ()
    return (-loss,) if keep == "lowest_loss" else (accuracy, -loss)


def best_epoch(validation: Iterable[tuple[float, float]], keep: str = "best") -> int:
    """Its number, from 1, the first of several alike; 0 when there is none.

    Args:
        validation: Loss and accuracy after each epoch.
        keep: As for `merit`; where the last epoch is kept, the best is the most accurate one.
    """
    best: Merit = ()
    found = 0
    for number, (loss, accuracy) in enumerate(validation, start=1):
        if (now := merit(loss, accuracy, keep)) > best:
            best, found = now, number
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
