"""Texts to ids by the tokenizer that a pretrained encoder brings along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from seqcore.errors import DataError
from seqcore.kinds.base import Step
from seqcore.kinds.text.cutting import kept
from seqcore.kinds.text.encoder import OfTokenT, Stages, TextEncoder, Token
from seqcore.kinds.text.ids import OOV_ID, PADDING_ID
from seqcore.kinds.text.options import TextOptions
from seqcore.kinds.text.pieces import encodable
from seqcore.kinds.text.ragged import Ids

_AROUND = 2  # tokens before and behind each text: [CLS] and [SEP]
_AT_ONCE = 1_000  # texts


class PieceEncoder(TextEncoder):
    """Texts to ids by a tokenizer that was learned from other texts, with a token of its own before and behind each.

    Nothing of it is learned from the training texts, and of the settings of text it knows two: the maximum length and
    where texts are cut.
    """

    @classmethod
    def of(cls, tokenizer: str, options: TextOptions, positions: int) -> PieceEncoder:
        """The encoder for models that read at most `positions` tokens.

        Raises:
            DataError: it is no `tokenizer.json` that can be read.
        """
        try:
            read = Tokenizer.from_str(tokenizer)
            read.no_truncation()
        except Exception as error:  # the Rust library raises Exception itself
            raise DataError("The encoder's tokenizer cannot be read", received=str(error)[:100]) from None
        options = options.model_copy(update={"windows": "no"})  # each would need the tokens around a text
        return cls(read, options, max(_AROUND + 1, min(options.max_length or positions, positions)))

    def encode(self, examples: Sequence[str]) -> list[Ids]:
        """(tokens,) ids of each text, truncated, those before and behind it included."""
        found = []
        for start in range(0, len(examples), _AT_ONCE):
            part = [encodable(text) for text in examples[start : start + _AT_ONCE]]
            found += [np.array(self._truncated(each.ids), np.int32) for each in self._tokenizer.encode_batch_fast(part)]
        return found

    def knows(self, examples: Sequence[str]) -> list[bool]:
        """Whether it knows one of the pieces between the first token and the last."""
        return [bool((ids[1:-1] > OOV_ID).any()) for ids in self.encode(examples)]

    def lengths(self, examples: Sequence[str]) -> npt.NDArray[np.int64]:
        """(texts,) tokens of each before it is cut."""
        found = self._tokenizer.encode_batch_fast([encodable(text) for text in examples])
        return np.fromiter((len(each.ids) for each in found), np.int64, len(examples))

    def words(self, text: str) -> list[range]:
        """The tokens of each word, as places among `tokens`; the tokens around the text are of none."""
        numbers = self._truncated(self._encoding(text).word_ids)
        words: list[range] = []
        for place, number in enumerate(numbers):
            if number is None:
                continue
            if words and words[-1].stop == place and numbers[place - 1] == number:
                words[-1] = range(words[-1].start, place + 1)
            else:
                words.append(range(place, place + 1))
        return words

    def steps(self, example: str) -> list[Step]:
        """The tokens that the model sees, each as the text has it; those around it under their own names."""
        return [
            Step(example[token.start : token.end] or token.text, token.start, token.end, token.id != OOV_ID)
            for token in self.tokens(example)
        ]

    def stages(self, text: str) -> Stages:
        """The way of one text to its ids."""
        normalizer, whole = self._tokenizer.normalizer, self._all_tokens(text)
        given = encodable(text)
        normalised = normalizer.normalize_str(given) if normalizer is not None else given
        ids = [token.id for token in self._truncated(whole)]
        return Stages(text, normalised, [token.text for token in whole], whole, ids)

    def summary(self) -> str:
        """How large the vocabulary is."""
        return f"The vocabulary is the pretrained encoder's own: {self.size:,} pieces of words."

    def about(self) -> dict[str, Any]:
        """The vocabulary: token to id, without padding."""
        return {"vocabulary": {token: number for token, number in self.vocabulary.items() if number != PADDING_ID}}

    def _all_tokens(self, text: str) -> list[Token]:
        found = self._encoding(text)
        places = [start for start, _ in found.offsets]
        places[0], places[-1] = 0, len(text)  # the library has the token behind a text at its beginning
        ends = [*(end for _, end in found.offsets[:-1]), len(text)]
        return [
            Token(name, start, max(start, end), number)
            for name, start, end, number in zip(found.tokens, places, ends, found.ids, strict=True)
        ]

    def _truncated(self, tokens: list[OfTokenT]) -> list[OfTokenT]:
        """What is left between the first token and the last, which stay."""
        inside = tokens[1:-1]
        parts = kept(len(inside), self._longest - _AROUND, self.options.truncate)
        return [tokens[0], *(token for part in parts for token in inside[part]), tokens[-1]]

    def _encoding(self, text: str) -> Encoding:
        return self._tokenizer.encode(encodable(text))


def read_text_encoder(saved: str, options: TextOptions) -> TextEncoder:
    """The encoder of a run's `tokenizer.json`.

    One that puts tokens around a text is that of a pretrained encoder: none that is learned here does.

    Raises:
        DataError: not a tokenizer that was saved by either.
    """
    found = TextEncoder.from_json(saved, options)
    around = Tokenizer.from_str(saved).num_special_tokens_to_add(False)
    return PieceEncoder.of(saved, options, found.longest) if around else found
