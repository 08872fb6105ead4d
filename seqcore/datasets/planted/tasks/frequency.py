"""Frequency: for a third of the series, somewhere, the values swing slowly or fast."""

from __future__ import annotations

import numpy as np

from seqcore.datasets.planted.series import Cue, series_task, window

CLASSES = ("slow", "fast")
SWINGS = (2, 4)  # of each class within the third


@series_task(
    "frequency",
    label="Frequency",
    idea="For a third of its moments, somewhere, a series swings twice or four times between −1 and 1; the rest is "
    "noise.",
    classes=CLASSES,
)
def draw_frequency(rng: np.random.Generator, code: int, moments: int) -> Cue:
    """A sine that begins anywhere in its swing."""
    first, length = window(rng, moments)
    turns = SWINGS[code] * np.arange(length) / length + rng.uniform()
    return first, np.sin(2 * np.pi * turns)
