"""The vectors that a model's words have before its training, where they were given."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.ids import PADDING_ID
from seqcore.kinds.text.vectors.word_vectors import WordVectors

FIRST_VECTORS = "first_vectors.npy"  # of a run: what its words began with


def first_vectors(vectors: WordVectors, encoder: TextEncoder, seed: int) -> NDArray[np.float32]:
    """`(ids, size)` the vector of each id.

    Words that the file does not have, and the unknown word, get random numbers between -a and a, where a makes their
    variance that of the pretrained ones (Kim 2014, arXiv:1408.5882, section 3.1). Padding is zeros.

    Args:
        vectors: Of a file.
        encoder: Of the model.
        seed: Of the run.
    """
    rows = np.array([vectors.rows.get(word, -1) for word in encoder.vocabulary], np.int64)
    found, size = rows >= 0, vectors.size
    known = vectors.values[rows[found]]
    spread = float(np.sqrt(3.0 * (known if len(known) else vectors.values).var()))
    table = np.random.default_rng(seed).uniform(-spread, spread, (len(rows), size)).astype(np.float32)
    table[found] = known
    table[PADDING_ID] = 0.0
    return table


def to_bytes(table: NDArray[np.float32]) -> bytes:
    """A `.npy` file of the vectors."""
    file = io.BytesIO()
    np.save(file, table, allow_pickle=False)
    return file.getvalue()


def from_bytes(data: bytes) -> NDArray[np.float32]:
    """What `to_bytes` wrote.

    Raises:
        ValueError: the bytes are something else.
    """
    table: NDArray[np.float32] = np.load(io.BytesIO(data), allow_pickle=False)
    return table
