"""The small numbers that the table of runs keeps of a test, so that lists need no file."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RunScores:
    """What a run scored on the test split.

    Attributes:
        accuracy: Share of right answers.
        macro_f1: Mean F1 of the classes.
        loss: Mean cross-entropy in nats; not a number where the database has none.
        ms_per_text: Milliseconds that one answer took; likewise.
        epochs: Epochs that it took; 0 where that is not known.
        best_epoch: The best of them by its validation, from 1; likewise.
        training_rows: Rows that it was trained on; likewise.
    """

    accuracy: float
    macro_f1: float
    loss: float
    ms_per_text: float
    epochs: int = 0
    best_epoch: int = 0
    training_rows: int = 0


def read_scores(results: dict[str, Any]) -> RunScores | None:
    """The test scores among a run's results; None when there are none, or they are of another shape."""
    test = results.get("test")
    if not isinstance(test, dict) or not all(_is_number(test.get(name)) for name in ("accuracy", "macro_f1")):
        return None
    rest = [test.get(name) for name in ("loss", "ms_per_text")]
    if not all(value is None or _is_number(value) for value in rest):
        return None
    loss, ms_per_text = (math.nan if value is None else float(value) for value in rest)
    return RunScores(
        float(test["accuracy"]),
        float(test["macro_f1"]),
        loss,
        ms_per_text,
        _number_of(results.get("epochs")),
        _number_of(results.get("best_epoch")),
        _number_of(results.get("training_rows")),
    )


def _number_of(found: object) -> int:
    return found if type(found) is int and found > 0 else 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
