"""Which class a word stands for in labelled texts: the one in whose texts it stands more often than by chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAST = 2.0  # standard errors: of words that go with no class each class is given about one in fifty by chance
FEWEST = 5  # texts with the word, below which chance is not to be told from anything else


class SpokenFor(NamedTuple):
    """For each of several words, in how many texts it stands and for which class.

    Attributes:
        texts: (words,) texts with the word in them.
        code: (words,) the class whose texts have it the most beyond what chance would give; -1 where that is less
            than two standard errors, or fewer than five texts have it.
        surplus: (words,) how far beyond, in standard errors; of the class with the most, also where it is too little.
    """

    texts: NDArray[np.int64]
    code: NDArray[np.int64]
    surplus: NDArray[np.float64]


def spoken_for(standing: NDArray[np.int64], texts_of_class: NDArray[np.int64]) -> SpokenFor:
    """Compare how many texts of each class have a word with what chance would give.

    The adjusted residual of a table of words by classes (Haberman 1973): (O - E) / sqrt(E (1 - n/N)(1 - c/N)), where
    of N texts c are of the class and n have the word, O are both and E = n c / N would be by chance. Texts are
    counted, not occurrences: a word that one text repeats says nothing about others.

    Args:
        standing: (words, classes) texts of each class with the word in them.
        texts_of_class: (classes,) texts of each class.
    """
    of_word, everything = standing.sum(axis=1), max(int(texts_of_class.sum()), 1)
    expected = np.outer(of_word, texts_of_class) / everything
    spread = np.sqrt(expected * np.outer(1 - of_word / everything, 1 - texts_of_class / everything))
    residuals = np.divide(standing - expected, spread, out=np.zeros(expected.shape), where=spread > 0)
    code = residuals.argmax(axis=1)
    surplus = residuals[np.arange(len(code)), code]
    return SpokenFor(of_word, np.where((surplus >= LEAST) & (of_word >= FEWEST), code, -1), surplus)
