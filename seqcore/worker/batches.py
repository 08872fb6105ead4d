"""Batches of texts of similar length, so that each is padded only to its own longest text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# A text may stand where one of up to twice its length would: batches of strictly one length are also batches of one
# class wherever length and class go together, and models trained on them are measurably worse.
JITTER = 1.0


def bucketed_batches(
    lengths: np.ndarray | Sequence[int], batch_size: int, rng: np.random.Generator | None
) -> list[np.ndarray]:
    """Rows in batches of similar length; every row exactly once.

    Args:
        lengths: Tokens of each text.
        batch_size: Most rows of a batch.
        rng: Draws the order: texts of similar length mix anew at every call, batches come shuffled. None: shortest
            first, always the same.

    Returns:
        One int64 array of rows a batch.
    """
    sizes = np.asarray(lengths, dtype=np.float64)
    if rng is not None:
        # Jitter within a token as well, so that texts of one length do not always meet the same neighbours.
        sizes = sizes * (1 + JITTER * rng.random(len(sizes))) + rng.random(len(sizes))
    order = np.argsort(sizes, kind="stable")
    batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    if rng is not None:
        batches = [batches[place] for place in rng.permutation(len(batches))]
    return batches
