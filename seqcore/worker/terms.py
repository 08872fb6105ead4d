"""The terms of many examples as sparse counts: its tokens, and its pairs of neighbours."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack

from seqcore.architectures.memory import MOST_PAIR_WEIGHTS, MOST_PAIRS
from seqcore.kinds.text.ids import OOV_ID
from seqcore.worker.prepare import Examples

_AT_A_TIME = 1000  # examples counted at once: what counting needs besides its result stays small
_MANY_EXAMPLES = 1000  # in fewer, most pairs stand once


def frequent_pairs(examples: Examples, vocabulary: int, outputs: int) -> np.ndarray:
    """The pairs of neighbouring tokens worth a number of their own, of the training examples.

    From 1,000 examples on those that stand twice or more; the most frequent when there are too many.

    Args:
        examples: Of training.
        vocabulary: Ids in use.
        outputs: Units of the head: each has a weight for each pair.

    Returns:
        First id * vocabulary + second id, rising, (pairs,), int64; pairs with an unknown token are none.
    """
    _, keys = _pairs(*_tokens(examples), vocabulary)
    found, times = np.unique(keys, return_counts=True)
    found, times = (each[times >= (2 if len(examples) >= _MANY_EXAMPLES else 1)] for each in (found, times))
    most = min(MOST_PAIRS, MOST_PAIR_WEIGHTS // outputs)
    return found if len(found) <= most else np.sort(found[np.argsort(-times, kind="stable")[:most]])


def count_terms(examples: Examples, vocabulary: int, pairs: np.ndarray | None = None) -> csr_matrix:
    """How often every term stands in every example: `(examples, vocabulary + pairs)`, sparse.

    Of what is out of the vocabulary nothing is known: it is no term.

    Args:
        examples: Any.
        vocabulary: Ids in use; a token's column is its id.
        pairs: From `frequent_pairs`; a pair's column is `vocabulary` plus its place here.
    """
    flat, starts = examples.flat_with_starts()
    parts = []
    for first in range(0, len(examples), _AT_A_TIME):
        lengths = examples.lengths[first : first + _AT_A_TIME]
        tokens = flat[starts[first] : starts[first] + lengths.sum()]
        rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        parts.append(_count(tokens, rows, len(lengths), vocabulary, pairs))
    return vstack(parts, format="csr") if parts else _count(flat, flat, 0, vocabulary, pairs)


def _count(flat: np.ndarray, rows: np.ndarray, examples: int, vocabulary: int, pairs: np.ndarray | None) -> csr_matrix:
    known = flat > OOV_ID
    counts = _counted(rows[known], flat[known], (examples, vocabulary))
    if pairs is None or not len(pairs):
        return counts
    rows, keys = _pairs(flat, rows, vocabulary)
    places = np.minimum(np.searchsorted(pairs, keys), len(pairs) - 1)
    known = pairs[places] == keys
    return hstack([counts, _counted(rows[known], places[known], (examples, len(pairs)))], format="csr")


def _pairs(flat: np.ndarray, rows: np.ndarray, vocabulary: int) -> tuple[np.ndarray, np.ndarray]:
    """Every pair of known neighbours within an example: its row, and its key."""
    within = (rows[1:] == rows[:-1]) & (flat[1:] > OOV_ID) & (flat[:-1] > OOV_ID)
    return rows[:-1][within], flat[:-1][within].astype(np.int64) * vocabulary + flat[1:][within]


def _tokens(examples: Examples) -> tuple[np.ndarray, np.ndarray]:
    """All tokens, and the row of each."""
    flat, _ = examples.flat_with_starts()
    return flat, np.repeat(np.arange(len(examples), dtype=np.int32), examples.lengths)


def _counted(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> csr_matrix:
    """How often each column is named in each row; the rows rise."""
    bounds = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=shape[0]))))
    counts = csr_matrix((np.ones(len(columns)), columns.astype(np.int32), bounds), shape=shape)
    counts.sum_duplicates()
    return counts
