"""Pretrained vectors of words: read from files, measured against texts, and handed to models."""

from seqcore.kinds.text.vectors.reading import read_vectors
from seqcore.kinds.text.vectors.wanted import words_of
from seqcore.kinds.text.vectors.word_vectors import WordVectors

__all__ = ["WordVectors", "read_vectors", "words_of"]
