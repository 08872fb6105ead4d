"""What every side of a race learns from: the same ids, labels and batches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from seqcore.worker.batches import bucketed_batches

BATCH, RATE = 32, 0.001
Epoch = Callable[[], None]


class Texts:
    """Encoded training texts: one array of ids each, labels, and the sizes that follow."""

    def __init__(self, path: str) -> None:
        with np.load(path, allow_pickle=False) as file:
            lengths, flat = file["lengths"], file["flat"]
            self.labels, self.vocabulary, self.classes = file["labels"], int(file["vocabulary"]), int(file["classes"])
            self.units = int(file["units"])  # of the embedding and of the recurrent layer
        self.ids = np.split(flat, np.cumsum(lengths)[:-1])
        self.lengths = lengths

    @property
    def outputs(self) -> int:
        return 1 if self.classes == 2 else self.classes


def batches_of(texts: Texts, rng: np.random.Generator, *, bucketed: bool) -> list[np.ndarray]:
    """Rows in batches: of similar length, or in any order."""
    if bucketed:
        return bucketed_batches(texts.lengths, BATCH, rng)
    order = rng.permutation(len(texts.ids))
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]


def padded(texts: Texts, rows: np.ndarray, *, multiple: int = 1) -> np.ndarray:
    """(rows, width) ids, 0 behind the end; the width is that of the longest, rounded up."""
    width = -(-int(texts.lengths[rows].max()) // multiple) * multiple
    ids = np.zeros((len(rows), width), np.int32)
    for place, row in enumerate(rows):
        ids[place, : texts.lengths[row]] = texts.ids[row]
    return ids
