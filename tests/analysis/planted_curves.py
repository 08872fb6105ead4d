"""Runs of a model whose accuracy at every size is known: by a power law, with seeds and test texts drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from seqcore.analysis.data_curve import Size

SHARES = (0.10, 0.18, 0.32, 0.56, 1.0)


@dataclass(frozen=True)
class Truth:
    """error = a + b · share^(-c), for shares of `rows`."""

    a: float
    b: float
    c: float
    rows: int = 4000

    def error(self, share: float) -> float:
        return self.a + self.b * share**-self.c


def planted(
    truth: Truth,
    rng: np.random.Generator,
    *,
    texts: int = 540,
    seeds: int = 3,
    sd: float = 0.005,
    sd_parts: float = 0.0,
    shares: Sequence[float] = SHARES,
) -> list[Size]:
    """The sizes of one model.

    Every text has a difficulty that all runs share, and each run some luck of its own with it.

    Args:
        truth: The law.
        rng: Draws everything.
        texts: Test texts.
        seeds: Runs at each size.
        sd: Of the accuracies of the seeds with all rows; with a tenth of them it is twice as much.
        sd_parts: Of what the drawn part of the rows does to all seeds, at a tenth of the rows; 0 at all of them.
        shares: Of the rows.
    """
    difficulty, sizes = rng.normal(size=texts), []
    for share in shares:
        wanted = special.ndtri(truth.error(share))
        slope = np.exp(-(wanted**2) / 2) / np.sqrt(2 * np.pi)
        part = rng.normal() * sd_parts * np.sqrt(max(0.0, 1 / share - 1)) / 3
        luck = part + rng.normal(size=(seeds, 1)) * sd * share**-0.3
        noise = np.sqrt(0.85) * difficulty + np.sqrt(0.15) * rng.normal(size=(seeds, texts))
        wrong = (noise < wanted + luck / slope).astype(float)
        sizes.append(Size(round(share * truth.rows), wrong.mean(axis=1), wrong.mean(axis=0), texts))
    return sizes
