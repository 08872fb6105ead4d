"""A batch of texts as an architecture meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import keras

if TYPE_CHECKING:
    from seqcore.architectures.registry import Sizes


@dataclass(frozen=True)
class Words:
    """Token ids, which of them are real, and how many there can be.

    Attributes:
        tokens: Ids, 0 where a text has ended: `(batch, words)`, int32.
        mask: True at real tokens: `(batch, words)`, bool. Handed to every step that would otherwise
            see the padding: Keras drops its own mask at `Reshape` and `Flatten`.
        sizes: Vocabulary, longest text, classes.
    """

    tokens: keras.KerasTensor
    mask: keras.KerasTensor
    sizes: Sizes

    @classmethod
    def of(cls, tokens: keras.KerasTensor, sizes: Sizes) -> Words:
        """The texts of a model's input."""
        return cls(tokens, keras.ops.not_equal(tokens, 0), sizes)

    def embed(self, size: int, dropout: float = 0.0) -> keras.KerasTensor:
        """One vector a token: `(batch, words, size)`, carrying Keras' mask."""
        vectors = keras.layers.Embedding(self.sizes.vocabulary, size, mask_zero=True, name="embedding")(self.tokens)
        return keras.layers.Dropout(dropout, name="embedding_dropout")(vectors) if dropout else vectors
