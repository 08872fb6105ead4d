"""Which changes of a text are worth an answer: those that a first-order estimate says move it most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seqcore.inspections.gradient_input import is_linear, slopes
from seqcore.kinds.text import TextEncoder

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

WORDS_CONSIDERED = 20_000  # of a vocabulary: the most frequent
PLACES_CONSIDERED = 400  # for other words: those where an estimate says that most can be moved
FEWEST_WORDS = 3  # a place; more where a text is short
_TOGETHER = 32  # places whose words are ranked at once
_ENCODERS = 16  # whose usable words are remembered
_FIRST_WORD = 2  # ids below stand for no word


class Pair(NamedTuple):
    """A word of the vocabulary at a place among the words of a text, from 0, and what it is expected to add."""

    place: int
    word: int
    gain: float


class Estimates:
    """How far a combination of logits moves to first order when words go or come.

    A word's part is x · ∂/∂x, what stands there times the slope; another word e in its place adds e · ∂/∂x less that
    (HotFlip, Ebrahimi et al. 2018, arXiv:1712.06751). A bag of words is linear: there its parts are exact, and only
    pairs of neighbours and the norm are left out of the estimate.

    Args:
        model: Reads texts.
        array: (steps,) the text, at least one step.
        words: The steps of each of its words.
        towards: (outputs,) the combination of logits.
        usable: (ids,) which ids are words that can be written.
    """

    def __init__(
        self,
        model: FinishedModel,
        array: NDArray[np.int32],
        words: Sequence[range],
        towards: NDArray[np.float32],
        usable: NDArray[np.bool_],
    ) -> None:
        own = slopes(model, array, towards)  # (steps,)
        if is_linear(model.architecture):
            self._table = model.term_contributions.of_new_words(array, towards)[:, None]
            slope = np.ones((len(array), 1))
        else:
            vectors = model.gradients.vectors(array)
            self._table = model.gradients.vectors_of_words()
            slope = model.gradients.at(array, vectors[None], towards)[1][0]  # (steps, size)
        self._table = self._table[:WORDS_CONSIDERED]
        self._usable = usable[: len(self._table)]
        self._same = [int(array[each[0]]) if len(each) == 1 else -1 for each in words]
        self._slope = slope[[*(each[0] for each in words), words[-1][-1]]]  # (words + 1, size), of the first pieces
        self.lost = -np.array([own[each.start : each.stop].sum() for each in words])  # (words,) when it is removed

    def places(self, most: int) -> list[int]:
        """So many words at most, rising: those that count most, for or against."""
        order = np.argsort(-np.abs(self.lost), kind="stable")[:most]
        return sorted(order.tolist())

    def replacements(self, most: int) -> list[Pair]:
        """So many words in the place of others, the most promising first."""
        reach = np.linalg.norm(self._slope[:-1], axis=1) * float(np.linalg.norm(self._table, axis=1).mean())
        places = np.argsort(-(self.lost + reach), kind="stable")[:PLACES_CONSIDERED]
        return self._best(places, self.lost, self._same, most)

    def insertions(self, most: int) -> list[Pair]:
        """So many words before others and at the end, judged by the slope at the word that they stand before."""
        reach = np.linalg.norm(self._slope, axis=1)
        places = np.argsort(-reach, kind="stable")[:PLACES_CONSIDERED]
        return self._best(places, np.zeros(len(reach)), [-1] * len(reach), most)

    def _best(
        self, places: NDArray[np.int64], lost: NDArray[np.float64], without: Sequence[int], most: int
    ) -> list[Pair]:
        pairs = sorted(self._pairs(places, lost, without, most), key=lambda pair: (-pair.gain, pair.place, pair.word))
        return pairs[:most]

    def _pairs(
        self, places: NDArray[np.int64], lost: NDArray[np.float64], without: Sequence[int], most: int
    ) -> Iterator[Pair]:
        a_place = min(max(FEWEST_WORDS, 1 + most // len(places)), int(self._usable.sum()))
        if not a_place:
            return
        for first in range(0, len(places), _TOGETHER):
            part = places[first : first + _TOGETHER]
            gains = np.where(self._usable, self._slope[part] @ self._table.T, -np.inf)  # (part, ids)
            best = np.argpartition(-gains, a_place - 1, axis=1)[:, :a_place]
            for row, place in enumerate(part.tolist()):
                for word in best[row].tolist():
                    if word != without[place]:
                        yield Pair(place, word, float(gains[row, word] + lost[place]))


@lru_cache(maxsize=_ENCODERS)
def usable_words(encoder: TextEncoder) -> NDArray[np.bool_]:
    """(ids,) which of a vocabulary are words that stand for themselves when they are written, alone, into a text."""
    names = list(encoder.vocabulary)
    usable = np.zeros(len(names), np.bool_)
    for number, ids in enumerate(encoder.encode(names[:WORDS_CONSIDERED])):
        usable[number] = number >= _FIRST_WORD and len(ids) == 1 and int(ids[0]) == number
    usable.flags.writeable = False
    return usable
