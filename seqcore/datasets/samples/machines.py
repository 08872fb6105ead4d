"""Vibrations of a machine, as two sensors would measure them: it runs well, a bearing knocks, or it is loose."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from seqcore.datasets.labelled_series import LabelledSeries

CLASSES = ("runs well", "bearing knocks", "is loose")
_SHORTEST, _LONGEST = 80, 121  # moments
_NOISE = 0.35


def write_machines(title: str, rows: int, seed: int) -> LabelledSeries:
    """So many series, in turn of each class; of each where it shows is another place, another strength.

    Args:
        title: What the data are called.
        rows: How many series.
        seed: The same seed gives the same series.
    """
    rng = np.random.default_rng(seed)
    labels = [CLASSES[row % len(CLASSES)] for row in range(rows)]
    rng.shuffle(labels)
    series = tuple(_vibration(label, rng) for label in labels)
    return LabelledSeries(title, series, tuple(labels), channels=("along", "across"))


def _vibration(label: str, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """(moments, 2) a turning shaft, with what the class adds to it."""
    moments = int(rng.integers(_SHORTEST, _LONGEST))
    time = np.arange(moments)
    turn, start = rng.uniform(0.35, 0.55), rng.uniform(0, 2 * np.pi)
    both = np.stack([np.sin(turn * time + start), np.cos(turn * time + start)], axis=1)
    if label == "bearing knocks":
        every, first = int(rng.integers(17, 23)), int(rng.integers(0, 17))
        for at in range(first, moments, every):  # a blow that dies away
            after = time[at:] - at
            both[at:, 0] += rng.uniform(1.2, 1.8) * np.exp(-after / 2.5) * np.cos(2.2 * after)
    if label == "is loose":
        both[:, 1] += rng.uniform(0.5, 0.9) * np.sin(turn / 2 * time + rng.uniform(0, 2 * np.pi))
    return (both + rng.normal(0, _NOISE, both.shape)).astype(np.float32)
