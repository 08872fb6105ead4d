"""A matrix made so small that dozens of them fit beside each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIDE = 32  # cells at most


def thumbnail(matrix: NDArray[np.floating], side: int = SIDE) -> NDArray[np.uint8]:
    """Means of blocks of a square matrix, from 0 to 255: the square root of their share of the greatest.

    Args:
        matrix: (steps, steps), none below 0; at least one step.
        side: Cells of the thumbnail; a smaller matrix has a cell for each of its own.

    Returns:
        (cells, cells).
    """
    cells = min(side, len(matrix))
    starts = np.arange(cells) * len(matrix) // cells
    counts = np.diff([*starts, len(matrix)])
    sums = np.add.reduceat(np.add.reduceat(np.asarray(matrix, np.float64), starts, axis=0), starts, axis=1)
    means = sums / np.outer(counts, counts)
    greatest = means.max()
    small: NDArray[np.uint8] = np.round(255 * np.sqrt(means / (greatest or 1.0))).astype(np.uint8)
    return small
