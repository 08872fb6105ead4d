"""The encoder of one run: fitted on its training texts, saved with its model."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from seqcore.errors import DataError
from seqcore.kinds.base import Encoder, Pooling, Step
from seqcore.kinds.sizes import FIRST_ID, TokenSizes
from seqcore.kinds.text.cutting import kept
from seqcore.kinds.text.ids import OOV_ID, PADDING_ID, SENTENCE_ENDS
from seqcore.kinds.text.options import TextOptions, sizes_of_vectors
from seqcore.kinds.text.pieces import Pieces, encodable
from seqcore.kinds.text.pipeline import build_normalizer, build_pre_tokenizer, cuts
from seqcore.kinds.text.ragged import Ids, Ragged
from seqcore.kinds.text.spaceless import BREAK, places_in, preparation
from seqcore.kinds.text.vocabulary import learned_subwords, look_up, ranked_words
from seqcore.kinds.text.windows import windows_of
from seqcore.kinds.text.words import Words, ids_of_texts, longest_text

OfTokenT = TypeVar("OfTokenT")
_MANY_TEXTS = 1000  # in fewer, most words occur once


@dataclass(frozen=True)
class Token:
    """One token of a text.

    Attributes:
        text: The token as the vocabulary has it; out of the vocabulary, as normalisation left it.
        start: Where it begins in the text as given, as a Python index.
        end: Where it ends.
        id: Its id.
    """

    text: str
    start: int
    end: int
    id: int


@dataclass(frozen=True)
class Stages:
    """What happens to one text on its way to the model.

    Attributes:
        raw: The text as given.
        normalised: After normalisation (case, Unicode form).
        tokens: Before stop words are taken out (whole words, for subwords with stop words).
        kept: After stop words are taken out, before truncation.
        ids: As the model sees them, truncated.
    """

    raw: str
    normalised: str
    tokens: list[str]
    kept: list[Token]
    ids: list[int]


class TextEncoder(Encoder):
    """Texts to ids; build one with `fit` or `from_json`.

    Example:
        encoder = TextEncoder.fit(["good film", "bad film"], TextOptions())
        encoder.encode(["a good film"])  # [array([1, 3, 2], dtype=int32)]
    """

    padding = PADDING_ID

    def __init__(self, tokenizer: Tokenizer, options: TextOptions, longest: int) -> None:
        self._tokenizer = tokenizer  # without truncation; see to_json
        self.options = options
        self._longest = longest
        self._prepared = preparation(options.model_dump())

    @classmethod
    def fit(cls, texts: Sequence[str], options: TextOptions) -> TextEncoder:
        """Learn the vocabulary, and with `max_length` 0 the length, from the training texts alone."""
        return cls._learned(*cut_texts(texts, options), options)[0]

    @classmethod
    def fit_encode(cls, texts: Sequence[str], options: TextOptions) -> tuple[TextEncoder, list[Ids]]:
        """`fit` and the `encode` of the same texts, in about half the time of the two."""
        pieces, words = cut_texts(texts, options)
        encoder, ids_of_word = cls._learned(pieces, words, options)
        return encoder, encoder._truncated_ids(ids_of_texts(pieces, words, ids_of_word))

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Token to id, by rising id; "<PAD>" is 0 and "<OOV>" is 1."""
        return dict(sorted(self._tokenizer.get_vocab().items(), key=lambda item: item[1]))

    @property
    def size(self) -> int:
        """Ids in use, padding and out-of-vocabulary included; every id is less."""
        return self._tokenizer.get_vocab_size()

    @property
    def sizes(self) -> TokenSizes:
        """Ids in use, most tokens of a text, and what vectors the ids have before training."""
        return TokenSizes(self.size, self.longest, **sizes_of_vectors(self.options), ends=self._ends)

    @cached_property
    def _ends(self) -> int:
        """How many of the first ids are marks that end a sentence."""
        if not self.options.sentence_ends:
            return 0
        return sum(1 for _ in takewhile(SENTENCE_ENDS.__contains__, [*self.vocabulary][FIRST_ID:]))

    @property
    def empty(self) -> Ids:
        """A text of no tokens is one out-of-vocabulary token."""
        return np.array([OOV_ID], np.int32)

    @property
    def longest(self) -> int:
        """Most tokens of a text after truncation, at least 1."""
        return self._longest

    @property
    def pooling(self) -> Pooling:
        """As the settings say."""
        return "largest" if self.options.windows == "largest" else "mean"

    def windows(self, length: int) -> list[slice]:
        """Those of the settings; the whole where there are none, for texts are cut beforehand."""
        if self.options.windows == "no":
            return [slice(0, length)]
        return windows_of(length, self._longest, self.options.window_overlap)

    def encode(self, examples: Sequence[str]) -> list[Ids]:
        """(words,) ids of each text, truncated unless it is read in windows; none for a text without tokens."""
        pieces, words = cut_texts(examples, self.options)
        return self._truncated_ids(ids_of_texts(pieces, words, look_up(self._tokenizer, words.distinct)))

    def knows(self, examples: Sequence[str]) -> list[bool]:
        """Whether one of the tokens that the model reads of each text is in the vocabulary."""
        return [bool((ids > OOV_ID).any()) for ids in self.encode(examples)]

    def lengths(self, examples: Sequence[str]) -> npt.NDArray[np.int64]:
        """(texts,) tokens of each before it is cut, without stop words where they are taken out."""
        pieces, words = cut_texts(examples, self.options)
        ids = ids_of_texts(pieces, words, look_up(self._tokenizer, words.distinct))
        return np.fromiter((len(each) for each in ids), np.int64, len(examples))

    def unknown_shares(self, examples: Sequence[str]) -> npt.NDArray[np.float64]:
        """(texts,) share of the tokens that the model reads of each that are not in the vocabulary; 0 of none."""
        return np.array([float((ids == OOV_ID).mean()) if len(ids) else 0.0 for ids in self.encode(examples)])

    def tokens(self, text: str) -> list[Token]:
        """What the model sees of the text, truncated, each token with its place in the text as given."""
        return self._truncated(self._all_tokens(text))

    def words(self, text: str) -> list[range]:
        """The tokens of each word, as places among `tokens`: one, or the pieces that subwords make of it."""
        encoding = self._tokenizer.encode(self._prepared(encodable(text)), add_special_tokens=False)
        numbers = self._truncated(encoding.word_ids)
        firsts = [place for place, number in enumerate(numbers) if not place or number != numbers[place - 1]]
        return [range(first, last) for first, last in pairwise([*firsts, len(numbers)])]

    def stages(self, text: str) -> Stages:
        """The way of one text to its ids."""
        normalised = build_normalizer(self.options).normalize_str(self._prepared(encodable(text)))
        whole = self._all_tokens(text)
        tokens = [token.text for token in whole]
        if self.options.stop_words != "none":
            keeping_all = build_pre_tokenizer(self.options.model_copy(update={"stop_words": "none"}))
            tokens = [token for token, _ in keeping_all.pre_tokenize_str(normalised)]
        return Stages(
            text, normalised.replace(BREAK, ""), tokens, whole, [token.id for token in self._truncated(whole)]
        )

    def steps(self, example: str) -> list[Step]:
        """The tokens that the model sees, each as the text has it."""
        return [
            Step(example[token.start : token.end], token.start, token.end, token.id != OOV_ID)
            for token in self.tokens(example)
        ]

    def summary(self) -> str:
        """How large the vocabulary is."""
        return f"The vocabulary is learned from the training texts only: {self.size:,} ids."

    def about(self) -> dict[str, Any]:
        """The vocabulary: token to id, without padding."""
        return {"vocabulary": {token: number for token, number in self.vocabulary.items() if number != PADDING_ID}}

    def to_bytes(self) -> bytes:
        """The content of `tokenizer.json`."""
        return self.to_json().encode()

    def to_json(self) -> str:
        """A Hugging Face `tokenizer.json` that gives the same ids on its own, truncation included.

        What `seqcore.kinds.text.spaceless` does to a text comes before it: nothing, where scripts have spaces.
        It can cut at one end only: with `truncate` "both" or "middle", and with windows, it says how many tokens are
        read at once, cuts at the end, and `predict.py` cuts as the run's settings say.
        """
        saved = Tokenizer.from_str(self._tokenizer.to_str())
        saved.enable_truncation(self._longest, direction="left" if self.options.truncate == "start" else "right")
        return saved.to_str()

    @classmethod
    def from_json(cls, text: str, options: TextOptions) -> TextEncoder:
        """The encoder that `to_json` saved.

        Raises:
            DataError: not a tokenizer that this class saved.
        """
        try:
            tokenizer = Tokenizer.from_str(text)
        except Exception as error:  # the Rust library raises Exception itself
            raise DataError("The saved tokenizer cannot be read", received=str(error)) from None
        truncation = tokenizer.truncation
        if truncation is None:
            raise DataError("The saved tokenizer does not say how long a text may be")
        tokenizer.no_truncation()
        return cls(tokenizer, options, int(truncation["max_length"]))

    @classmethod
    def _learned(cls, pieces: Pieces, words: Words, options: TextOptions) -> tuple[TextEncoder, Ragged]:
        """The encoder, and its ids of each distinct word of the training texts."""
        corpus = (words.distinct, words.counts(pieces), options.vocabulary_size)
        first = SENTENCE_ENDS if options.sentence_ends else ()
        if options.tokenizer == "subword":
            tokenizer = Tokenizer(learned_subwords(*corpus, first))
        else:
            least = options.min_count or (2 if len(pieces.per_text) >= _MANY_TEXTS else 1)
            tokenizer = Tokenizer(ranked_words(*corpus, least, first))
        tokenizer.normalizer = build_normalizer(options)
        tokenizer.pre_tokenizer = build_pre_tokenizer(options)
        ids_of_word = look_up(tokenizer, words.distinct)
        longest = options.max_length or longest_text(pieces, words, ids_of_word)
        return cls(tokenizer, options, max(longest, 1)), ids_of_word

    def parts(self, length: int) -> tuple[slice, ...]:
        """What is read of so many tokens: all of them in windows, or what the settings leave."""
        if self.options.windows != "no":
            return (slice(0, length),)
        return kept(length, self._longest, self.options.truncate)

    def _truncated_ids(self, ids: Iterable[Ids]) -> list[Ids]:
        return [self._truncated_array(each) for each in ids]

    def _truncated_array(self, ids: Ids) -> Ids:
        parts = [ids[part] for part in self.parts(len(ids))]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _all_tokens(self, text: str) -> list[Token]:
        given = encodable(text)
        clean = self._prepared(given)
        encoding = self._tokenizer.encode(clean, add_special_tokens=False)
        offsets, places = encoding.offsets, places_in(given, clean)
        starts = [start for start, _ in offsets[1:]] + [len(clean)]
        tokens = []
        for name, number, (start, end), limit in zip(encoding.tokens, encoding.ids, offsets, starts, strict=False):
            end = _with_marks(clean, end, limit)
            surface = self._tokenizer.normalizer.normalize_str(clean[start:end]) if number == OOV_ID else name
            tokens.append(Token(surface, places[start], places[end], number))
        return tokens

    def _truncated(self, tokens: list[OfTokenT]) -> list[OfTokenT]:
        return [token for part in self.parts(len(tokens)) for token in tokens[part]]


def cut_texts(texts: Sequence[str], options: TextOptions) -> tuple[Pieces, Words]:
    """The different pieces of some texts, and the words of each, before any has an id."""
    cut, prepared = Pieces.of(texts, lambda blob: cuts(options, blob)), preparation(options.model_dump())
    pieces = replace(cut, distinct=[piece if piece.isascii() else prepared(piece) for piece in cut.distinct])
    return pieces, Words.of(pieces, build_normalizer(options), build_pre_tokenizer(options))


def _with_marks(text: str, end: int, limit: int) -> int:
    """The end of a token whose last character was composed (e + ´ → é): past the marks that went into it."""
    while end < limit and (unicodedata.category(text[end])[0] == "M" or "\u1160" <= text[end] <= "\u11ff"):
        end += 1  # U+1160-11FF: the vowels and final consonants that make up a Hangul syllable
    return end
