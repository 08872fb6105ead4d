"""How much of some texts pretrained vectors cover, and what they miss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqcore.kinds.text.encoder import TextEncoder
from seqcore.kinds.text.ids import OOV_ID
from seqcore.kinds.text.vectors.word_vectors import WordVectors

MOST_MISSING = 20  # words that are named
MUCH = 0.02  # share of the running words from which a mismatch of case is told


@dataclass(frozen=True)
class Coverage:
    """What pretrained vectors know of the words of a model.

    Attributes:
        name: Of their file.
        size: Numbers of each vector.
        in_file: Words of the file.
        words: Words of the vocabulary.
        found: Those of them that have a vector.
        running: Words of the training texts, each as often as it occurs.
        running_found: Those of them that are in the vocabulary and have a vector.
        missing: The commonest words of the vocabulary without a vector, and how often they occur.
        notes: What else is to be known, a sentence each: of case first.
    """

    name: str
    size: int
    in_file: int
    words: int
    found: int
    running: int
    running_found: int
    missing: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]

    @property
    def share(self) -> float:
        """Of the vocabulary."""
        return self.found / self.words if self.words else 0.0

    @property
    def running_share(self) -> float:
        """Of the running words."""
        return self.running_found / self.running if self.running else 0.0

    def sentences(self) -> list[str]:
        """All of it in words."""
        told = [
            f"{self.name}: {self.size:,} dimensions, {self.in_file:,} words.",
            f"{self.found:,} of the {self.words:,} words of the vocabulary have a vector ({100 * self.share:.1f} %), "
            f"which is {100 * self.running_share:.1f} % of the running words of the training texts.",
        ]
        if self.missing:
            told.append(f"Commonest words without one: {', '.join(word for word, _ in self.missing)}.")
        return [*told, *self.notes]


def coverage(vectors: WordVectors, encoder: TextEncoder, texts: Sequence[str]) -> Coverage:
    """How much the vectors cover.

    Args:
        vectors: Pretrained.
        encoder: Of the models, learned from these texts.
        texts: The training texts.
    """
    ids = encoder.encode(texts)
    counts = np.bincount(np.concatenate(ids), minlength=encoder.size) if ids else np.zeros(encoder.size, np.int64)
    words = {word: number for word, number in encoder.vocabulary.items() if number > OOV_ID}
    missing = {word: int(counts[number]) for word, number in words.items() if word not in vectors.rows}
    running_found = sum(int(counts[number]) for word, number in words.items() if word in vectors.rows)
    running = int(counts.sum())
    commonest = sorted(missing.items(), key=lambda item: -item[1])[:MOST_MISSING]
    return Coverage(
        vectors.name, vectors.size, vectors.in_file, len(words), len(words) - len(missing), running,
        running_found, tuple(commonest), (*_of_case(vectors, missing, running), *vectors.notes),
    )  # fmt: skip


def _of_case(vectors: WordVectors, missing: dict[str, int], running: int) -> list[str]:
    """Whether words are missing only because they are written otherwise there: with capitals, or without."""
    small = {word: times for word, times in missing.items() if word.lower() != word and word.lower() in vectors.rows}
    capitals = {word: times for word, times in missing.items() if word in vectors.capitals}
    told = []
    if sum(small.values()) > MUCH * running:
        told.append(
            f"{len(small):,} words are missing only because the file has them in lower case ({_some(small)}): "
            "switch on Lower case."
        )
    if sum(capitals.values()) > MUCH * running:
        told.append(
            f"{len(capitals):,} words are missing only because the file has them with capitals ({_some(capitals)}): "
            "switch off Lower case, or give vectors of words in lower case."
        )
    return told


def _some(words: dict[str, int]) -> str:
    return ", ".join(sorted(words, key=lambda word: -words[word])[:3])
