"""One word of a text removed, hidden, replaced, swapped with the next, or added: the text that it leaves behind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.pieces import encodable
from seqcore.kinds.text.pipeline import build_pre_tokenizer
from seqcore.kinds.text.spaceless import places_in, preparation

EditKind = Literal["swap", "remove", "mask", "insert", "replace"]
Span = tuple[int, int]
UNKNOWN_WORD = "unknownword"  # which no vocabulary has, and every tokenizer of words makes one token of
UNKNOWN_MARK = "\u2370"  # ⍰: the same for tokenizers of characters and of pieces of words


@dataclass(frozen=True)
class Edit:
    """One change of a text.

    Attributes:
        kind: swap: with the next word; remove; mask: another word in its place that the model does not know; insert:
            a word before it; replace: another word in its place.
        position: Number of the word, from 1; of an insertion at the end one more than there are.
        start: Where in the text as it was the change begins, as a Python index.
        end: Where it ends.
        before: What stood there; nothing where a word is inserted.
        after: What stands there now; nothing where one was removed.
        text: The whole text as it is now.
    """

    kind: EditKind
    position: int
    start: int
    end: int
    before: str
    after: str
    text: str


@dataclass(frozen=True)
class Wording:
    """A text and its words; every method gives one change of it.

    Attributes:
        text: As it was written.
        spans: Where each word begins and ends, as Python indices, rising and apart from each other.
        spaced: Whether spaces stand between words; not where they are words themselves, as for a model of characters.
    """

    text: str
    spans: Sequence[Span]
    spaced: bool = True

    def swap(self, place: int) -> Edit:
        """The word at that place, from 0, and the next one; what stands between them stays there."""
        (start, first_end), (second_start, end) = self.spans[place], self.spans[place + 1]
        first, second = self.text[start:first_end], self.text[second_start:end]
        return self._edit("swap", place, start, end, f"{second}{self.text[first_end:second_start]}{first}")

    def remove(self, place: int) -> Edit:
        """Without the word, and without one of the two spaces that would meet."""
        start, end = self.spans[place]
        left, right = self.text[:start], self.text[end:]
        if self.spaced and right[:1].isspace() and (not left or left[-1].isspace()):
            right = right[1:]
        return Edit("remove", place + 1, start, end, self.text[start:end], "", self._joined(left, right))

    def mask(self, place: int, word: str) -> Edit:
        """Such a word in its place that the model does not know."""
        return self._edit("mask", place, *self.spans[place], word)

    def replace(self, place: int, word: str) -> Edit:
        """Another word in its place."""
        return self._edit("replace", place, *self.spans[place], word)

    def insert(self, place: int, word: str) -> Edit:
        """A word before the one at that place; behind the last one where the place is one further."""
        gap = " " if self.spaced else ""
        if place < len(self.spans):
            at = self.spans[place][0]
            text = self._joined(self._joined(self.text[:at], word), f"{gap}{self.text[at:]}")
        else:
            at = self.spans[-1][1] if self.spans else len(self.text)
            before = self.text[:at]
            text = self._joined(before + (gap if before and not before[-1].isspace() else "") + word, self.text[at:])
        return Edit("insert", place + 1, at, at, "", word, text)

    def shuffled(self, seed: int) -> str:
        """The text with its words in another order, drawn from the seed; what stands between them stays there."""
        order = np.random.default_rng(seed).permutation(len(self.spans))
        parts, position = list[str](), 0
        for (start, end), drawn in zip(self.spans, order.tolist(), strict=True):
            first, last = self.spans[drawn]
            parts += [self.text[position:start], self.text[first:last]]
            position = end
        return "".join([*parts, self.text[position:]])

    def _edit(self, kind: EditKind, place: int, start: int, end: int, after: str) -> Edit:
        text = self._joined(self._joined(self.text[:start], after), self.text[end:])
        return Edit(kind, place + 1, start, end, self.text[start:end], after, text)

    def _joined(self, left: str, right: str) -> str:
        """Both, with a space where two words would become one."""
        met = self.spaced and left[-1:].isalnum() and right[:1].isalnum()
        return f"{left} {right}" if met else left + right


def unknown_to(tokenizers: Collection[str]) -> str:
    """What stands for an unknown word; of several tokenizers what those of characters and pieces do not know."""
    return UNKNOWN_MARK if {"character", "subword"} & set(tokenizers) else UNKNOWN_WORD


def word_spans(text: str) -> list[Span]:
    """Where the words of a text stand, whoever reads it: emoji and characters of Chinese are words of their own."""
    given, options = encodable(text), TextOptions()
    prepared = preparation(options.model_dump())(given)
    places = places_in(given, prepared)
    found = build_pre_tokenizer(options).pre_tokenize_str(prepared)
    return [(places[start], places[end]) for _, (start, end) in found]
