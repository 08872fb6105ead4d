"""Test examples of a run, no more than can be asked about in a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

_SEED = 0  # whoever asks again is told of the same texts


@dataclass(frozen=True)
class Sampled:
    """Some test texts.

    Attributes:
        rows: Their places among the test texts, rising from 0, (texts,).
        texts: As they were written; of other kinds of data the examples.
        labels: Codes of their classes, (texts,).
    """

    rows: NDArray[np.int64]
    texts: list[Any]
    labels: NDArray[np.int64]


def sampled(model: FinishedModel, most: int) -> Sampled:
    """So many test texts at most, of more drawn with a fixed seed.

    Raises:
        InspectionError: the run's test texts are not there or damaged.
    """
    texts, labels = model.tested()
    rows = np.sort(np.random.default_rng(_SEED).permutation(len(texts))[:most])
    return Sampled(rows, [texts[row] for row in rows], labels[rows])
