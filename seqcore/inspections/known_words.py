"""The words that a model knows, by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from seqcore.architectures import Architecture
from seqcore.inspections.prediction import words_only
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.ids import OOV_ID

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

FIRST_ID = OOV_ID + 1  # of a word; those below stand for none


def has_word_vectors(architecture: Architecture, kind: str) -> str | None:
    """Why its words have no place in a plane."""
    if architecture.fit == "closed_form":
        return "gives each word a weight for each class and no vector; “What mattered” shows these weights in a text"
    return words_only("it has no words with vectors of their own")(architecture, kind)


def known_words(model: FinishedModel) -> list[str]:
    """What each id of the model's vocabulary stands for, by id; the first two are padding and the unknown.

    Raises:
        TypeError: the model reads no texts.
    """
    if not isinstance(model.encoder, TextEncoder):
        raise TypeError("only a model of texts knows words")
    return list(model.encoder.vocabulary)


def texts_of_class_with(
    encoded: Sequence[NDArray[np.int32]], labels: NDArray[np.int64], ids: int, classes: int
) -> NDArray[np.int64]:
    """How many texts of each class have each word, (ids, classes).

    Args:
        encoded: Texts as the model reads them.
        labels: (texts,) codes of their classes.
        ids: Ids in use.
        classes: Classes.
    """
    standing = np.zeros((ids, classes), np.int64)
    for array, label in zip(encoded, labels.tolist(), strict=True):
        standing[np.unique(array), label] += 1
    return standing
