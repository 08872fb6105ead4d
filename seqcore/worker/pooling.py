"""One answer of the answers to several windows of the same example."""

from __future__ import annotations

import numpy as np
from scipy.special import log_softmax

from seqcore.kinds.base import Pooling


def pooled(logits: np.ndarray, owners: np.ndarray, pooling: Pooling) -> np.ndarray:
    """`(examples, outputs)`, float32; the logits of an example with one window are what they were.

    Args:
        logits: `(windows, outputs)`; a single output is the second of two classes.
        owners: `(windows,)` the example of each window: 0, 1, 2 ... rising, none left out.
        pooling: "mean": whose softmax is the mean of the windows' probabilities; "largest": those of the window whose
            likeliest class is likeliest.
    """
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    counts = np.diff(np.append(firsts, len(owners)))
    if (counts == 1).all():
        return logits
    scores = log_probabilities(logits)
    if pooling == "largest":
        order = np.lexsort((-scores.max(axis=1), owners))  # stable, so the first of equals
        found: np.ndarray = logits[order[firsts]]
        return found
    means = np.logaddexp.reduceat(scores, firsts, axis=0) - np.log(counts)[:, None]
    if logits.shape[1] == 1:
        means = means[:, 1:] - means[:, :1]
    means = means.astype(np.float32)
    means[counts == 1] = logits[firsts[counts == 1]]
    return means


def log_probabilities(logits: np.ndarray) -> np.ndarray:
    """`(windows, classes)`, float64, of `(windows, outputs)` logits."""
    scores = logits.astype(np.float64)
    if scores.shape[1] == 1:
        scores = np.hstack([np.zeros_like(scores), scores])
    found: np.ndarray = log_softmax(scores, axis=1)
    return found


def shares_of_windows(logits: np.ndarray, pooling: Pooling) -> np.ndarray:
    """`(windows,)` how much each window of one example counts in its answer, together 1."""
    count = len(logits)
    if pooling == "mean":
        return np.full(count, 1 / count)
    surest = log_probabilities(logits).max(axis=1).argmax()
    found: np.ndarray = (np.arange(count) == surest).astype(np.float64)
    return found
