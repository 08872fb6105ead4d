"""Position of a spike: the same spike in the first or the second half."""

from __future__ import annotations

import numpy as np

from seqcore.datasets.planted.series import Cue, series_task

CLASSES = ("first half", "second half")
SPIKE = np.array([1.0, 2.0, 3.0, 2.0, 1.0])


@series_task(
    "spike",
    label="Position of a spike",
    idea="One spike, the same for both classes, in the first half of a series or in the second; the rest is noise. "
    "Where it stands is all that tells.",
    classes=CLASSES,
)
def draw_spike(rng: np.random.Generator, code: int, moments: int) -> Cue:
    """Wholly in its half, anywhere in it."""
    half = moments // 2
    return code * half + int(rng.integers(0, half - len(SPIKE) + 1)), SPIKE
