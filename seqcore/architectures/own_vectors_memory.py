"""How much memory it takes to learn the vectors of words from the training texts, before a model is trained."""

from __future__ import annotations

BUCKETS = 50_000  # vectors that FastText's pieces of words share
LIBRARY = 125_000_000  # bytes of gensim with what it imports, SciPy above all; they stay
_BYTES = 4  # of a number
_MATRICES = {"word2vec": 2, "fasttext": 4}  # of a row a word: in and out; words alone, with their pieces, and that anew
_OF_WORD = {"word2vec": 600, "fasttext": 1000}  # bytes of a word in its tables, and of the numbers of its pieces
_OF_RUNNING_WORD = 9  # bytes of a word's place in its text


def learns_own_vectors(method: str) -> bool:
    """Whether a model's words begin with vectors that are learned beforehand."""
    return method in _MATRICES


def own_vectors_memory(method: str, words: int, size: int, running: int) -> int:
    """Bytes that are held at the peak beside the texts and the model, gensim itself left out.

    Args:
        method: "word2vec" or "fasttext".
        words: Of the vocabulary.
        size: Numbers of each vector.
        running: Words of all training texts together.
    """
    rows = _MATRICES[method] * words + (BUCKETS if method == "fasttext" else 0)
    return _BYTES * rows * size + _OF_WORD[method] * words + _OF_RUNNING_WORD * running
