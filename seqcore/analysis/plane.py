"""Vectors laid out in a plane, as numbers that pages and command lines can draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Method = Literal["pca", "tsne"]


@dataclass(frozen=True)
class InPlane:
    """Where each vector lies.

    Attributes:
        points: (vectors, 2).
        method: How they were laid out; it may not be the one asked for, see `note`.
        explained: Share of all variance that each axis shows, together at most 1; None for t-SNE, which shows none.
        perplexity: Of t-SNE: about how many neighbours each point is laid out by; None for PCA.
        note: Why it is not the method asked for; mostly empty.
    """

    points: NDArray[np.float64]
    method: Method
    explained: tuple[float, float] | None = None
    perplexity: float | None = None
    note: str = ""
