"""Trend: for a third of the series, somewhere, the values rise or fall."""

from __future__ import annotations

import numpy as np

from seqcore.datasets.planted.series import Cue, series_task, window

CLASSES = ("falls", "rises")


@series_task(
    "trend",
    label="Trend",
    idea="For a third of its moments, somewhere, a series rises from −1 to 1 or falls from 1 to −1; the rest is noise.",
    classes=CLASSES,
)
def draw_trend(rng: np.random.Generator, code: int, moments: int) -> Cue:
    """A straight line; backwards it is the other class."""
    first, length = window(rng, moments)
    return first, np.linspace(-1, 1, length) * (1 if code else -1)
