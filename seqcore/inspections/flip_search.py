"""The search for changes of one word that flip an answer: what is tried in which order, each put to the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from seqcore.analysis.flips import KINDS, margins_of, smallest_first
from seqcore.inspections.flip_estimates import Estimates, usable_words
from seqcore.inspections.text_said import direction_of
from seqcore.kinds.text import TextEncoder
from seqcore.kinds.text.word_edits import UNKNOWN_MARK, UNKNOWN_WORD, Edit, Wording

if TYPE_CHECKING:
    from seqcore.worker.runtime.finished_model import FinishedModel

A_KIND = 3  # changes told of each kind
_MOST_CHARACTERS = 5_000_000  # of all changed texts together
_FEWEST = 60
_HIDDEN = (UNKNOWN_WORD, UNKNOWN_MARK, "\ua66e")  # the first that a model reads as one unknown token; ꙮ is a letter


class FlipSearch:
    """The changes tried so far and the answers to them.

    Args:
        model: Reads texts.
        text: Is changed.
        most: Changed texts that are answered at most.
        before: (classes,) what the model says of the text as it is.

    Attributes:
        wording: The words of the text that the model reads.
        edits: Those tried, one after the other.
        rows: (edits, classes) the model's answers to the texts that they make.
        margins: (edits,) by how much another class leads the answer of before.
    """

    def __init__(self, model: FinishedModel, text: str, most: int, before: NDArray[np.float64]) -> None:
        encoder = model.encoder
        if not isinstance(encoder, TextEncoder):
            raise TypeError(f"texts are read by a TextEncoder, not by {type(encoder).__name__}")
        self._model, self._encoder, self._text = model, encoder, text
        self._said, self._other = (int(code) for code in np.argsort(-before, kind="stable")[:2])
        self._words, spans = _words_apart(encoder, text)
        self.wording = Wording(text, spans, spaced=not encoder.words(" "))
        steps = sum(map(len, self._words))
        texts = max(_FEWEST, _MOST_CHARACTERS // max(len(text), 1))
        self._most = min(most, model.most_passes(steps), texts)
        self._possible = dict.fromkeys(KINDS, 0)
        self._seen = set[tuple[str, int, str]]()
        self._hidden = _unknown_to(encoder)
        self.edits: list[Edit] = []
        self.rows = np.zeros((0, len(model.classes)))
        self.margins = np.zeros(0)

    def run(self) -> None:
        """Try what is worth it."""
        if not self._words:
            return
        names, array = list(self._encoder.vocabulary), self._model.encoder.encode([self._text])[0]
        usable = usable_words(self._encoder)
        towards = self._direction()
        guess = Estimates(self._model, array, self._words, towards, usable)
        self._count_possible(array, usable)
        self._try(self._simple(guess.places(max(self._most // 6, 1))), self._most)
        left = self._most - len(self.edits)
        self._try((self.wording.replace(each.place, names[each.word]) for each in guess.replacements(left)), left // 2)
        self._try((self.wording.insert(each.place, names[each.word]) for each in guess.insertions(left)), left // 4)
        self._try(self._everywhere(), self._most - len(self.edits))

    def best(self) -> list[int]:
        """Numbers of the smallest changes that flip the answer, a few of each kind."""
        kinds, positions = [edit.kind for edit in self.edits], [edit.position for edit in self.edits]
        chosen: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for number in smallest_first(kinds, self.margins, positions).tolist():
            if self.flips(number) and len(chosen[kinds[number]]) < A_KIND:
                chosen[kinds[number]].append(number)
        return [number for numbers in chosen.values() for number in numbers]

    def tried(self, kind: str) -> tuple[int, int, int]:
        """How many changes of a kind were tried, how many there are, and how many of those tried flip the answer."""
        numbers = [number for number, edit in enumerate(self.edits) if edit.kind == kind]
        possible = max(self._possible[kind], len(numbers))
        return len(numbers), possible, sum(map(self.flips, numbers))

    def flips(self, number: int) -> bool:
        """Whether that change makes another class the likeliest."""
        return int(self.rows[number].argmax()) != self._said

    def _direction(self) -> NDArray[np.float32]:
        classes = len(self._model.classes)
        return direction_of(self._other, classes) - direction_of(self._said, classes)

    def _try(self, edits: Iterator[Edit], most: int) -> None:
        """Answer the changed texts, each change once; one that changes nothing is none."""
        new: list[Edit] = []
        for edit in edits:
            if len(new) >= most:
                break
            known = edit.kind, edit.position, edit.after
            if edit.text != self._text and known not in self._seen:
                self._seen.add(known)
                new.append(edit)
        if new:
            self.edits += new
            self.rows = np.concatenate([self.rows, self._model.probabilities([edit.text for edit in new])])
            self.margins = margins_of(self.rows, self._said)

    def _simple(self, places: Sequence[int]) -> Iterator[Edit]:
        """Swaps, removals and masks of those words."""
        wording, hidden = self.wording, self._hidden
        for place in places:
            if place + 1 < len(wording.spans):
                yield wording.swap(place)
            yield wording.remove(place)
            if hidden:
                yield wording.mask(place, hidden)

    def _everywhere(self) -> Iterator[Edit]:
        """The word that moved the answer most, in the place of and before every word."""
        numbers = [number for number, edit in enumerate(self.edits) if edit.kind in ("replace", "insert")]
        if not numbers:
            return
        word = self.edits[max(numbers, key=lambda number: self.margins[number])].after
        yield self.wording.insert(len(self.wording.spans), word)
        for place in range(len(self.wording.spans)):
            yield self.wording.replace(place, word)
            yield self.wording.insert(place, word)

    def _count_possible(self, array: NDArray[np.int32], usable: NDArray[np.bool_]) -> None:
        """How many changes there are of each kind; those that leave the text as it is are none."""
        text, spans, words = self._text, self.wording.spans, int(usable.sum())
        names = [text[start:end] for start, end in spans]
        same = sum(len(each) == 1 and bool(usable[array[each[0]]]) for each in self._words)
        self._possible = {
            "swap": sum(one != other for one, other in pairwise(names)),
            "remove": len(spans),
            "mask": len(spans) if self._hidden else 0,
            "insert": (len(spans) + 1) * words,
            "replace": len(spans) * words - same,
        }


def _words_apart(encoder: TextEncoder, text: str) -> tuple[list[range], list[tuple[int, int]]]:
    """The words that a model reads, and where they stand; parts of one emoji that overlap are left out."""
    steps, words, spans = encoder.steps(text), list[range](), list[tuple[int, int]]()
    for each in encoder.words(text):
        start, end = steps[each[0]].start, max(steps[place].end for place in each)
        if end > start and start >= (spans[-1][1] if spans else 0):
            words.append(each)
            spans.append((start, end))
    return words, spans


def _unknown_to(encoder: TextEncoder) -> str:
    """What a model reads as one token that it does not know; "" where it knows all of it."""
    for word in _HIDDEN:
        if [step.known for step in encoder.steps(word)] == [False]:
            return word
    return ""
