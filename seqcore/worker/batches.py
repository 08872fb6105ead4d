"""Which texts a training step learns from together, so that little of a batch is padding."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

# A text may stand where one of up to twice its length would: batches of strictly one length are also batches of one
# class wherever length and class go together, and models trained on them are measurably worse.
JITTER = 1.0
# Batches whose texts are sorted by length among each other: the fewer, the better texts mix, and the more is padding.
WINDOWS = (1, 2, 3, 4, 6, 8, 12, 16)
MOST_STEPS = 1.05  # that mixing may cost, as times those of batches by length

Lengths = np.ndarray | Sequence[int]


def bucketed_batches(lengths: Lengths, batch_size: int, rng: np.random.Generator | None) -> list[np.ndarray]:
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
    batches = _cut(np.argsort(sizes, kind="stable"), batch_size)
    return batches if rng is None else _in_any_order(batches, rng)


def mixed_batches(lengths: Lengths, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """The same for training: texts are shuffled first, then sorted by length within windows of a few batches.

    What meets in a batch is drawn from some dozens of texts instead of from all, so that nothing that goes with
    length decides what a step learns from. Windows are the smallest that cost next to no speed: where texts are of
    much the same length, batches are simply shuffled.
    """
    sizes = np.asarray(lengths)
    return _windowed(sizes, batch_size, smallest_window(sizes, batch_size), rng)


def smallest_window(sizes: np.ndarray, batch_size: int) -> int:
    """Batches of the smallest window whose batches have at most `MOST_STEPS` times the steps of batches by length."""
    most = MOST_STEPS * _steps(sizes, bucketed_batches(sizes, batch_size, np.random.default_rng(0)))
    for window in WINDOWS:
        if _steps(sizes, _windowed(sizes, batch_size, window, np.random.default_rng(0))) <= most:
            return window
    return WINDOWS[-1]


def _windowed(sizes: np.ndarray, batch_size: int, window: int, rng: np.random.Generator) -> list[np.ndarray]:
    windows = _cut(rng.permutation(len(sizes)), window * batch_size)
    order = [rows[np.argsort(sizes[rows], kind="stable")] for rows in windows]
    return _in_any_order([batch for rows in order for batch in _cut(rows, batch_size)], rng)


def _steps(sizes: np.ndarray, batches: list[np.ndarray]) -> int:
    """Steps that a recurrence takes through all batches, one after the other."""
    return int(sum(sizes[batch].max() for batch in batches))


def shuffled_batches(lengths: Lengths, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """The same in an order that knows nothing of lengths."""
    return _cut(rng.permutation(len(lengths)), batch_size)


BATCHES: dict[str, Callable[[Lengths, int, np.random.Generator], list[np.ndarray]]] = {
    "mixed": mixed_batches,
    "by_length": bucketed_batches,
    "shuffled": shuffled_batches,
}


def _cut(rows: np.ndarray, size: int) -> list[np.ndarray]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _in_any_order(batches: list[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    return [batches[place] for place in rng.permutation(len(batches))]
