"""A batch of examples as an architecture meets it: vectors, one per step, whatever the examples are."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

import keras

from seqcore.kinds.sizes import FIRST_ID, FrameSizes, TokenSizes

if TYPE_CHECKING:
    from seqcore.architectures.registry import Sizes


EMBEDDING = "embedding"  # the layer that gives each id its vector
PROJECTION = "projection"  # ... and each frame
WORD_VECTORS = "word_vectors"  # the table before it, where that brings pretrained vectors to another size


@dataclass(frozen=True)
class Sequence(ABC):
    """Steps, which of them are real, and how many there can be.

    Attributes:
        mask: True at real steps: `(batch, steps)`, bool. Handed to every layer that would otherwise see the
            padding: Keras drops its own mask at `Reshape` and `Flatten`.
        sizes: Of the input and of the task.
    """

    mask: keras.KerasTensor
    sizes: Sizes

    @property
    def lengths(self) -> keras.KerasTensor:
        """Real steps of each example: `(batch,)`, int32."""
        return keras.ops.sum(keras.ops.cast(self.mask, "int32"), axis=1)

    @property
    def ends(self) -> keras.KerasTensor:
        """True at steps that end a sentence, `(batch, steps)`; nowhere where the input does not say."""
        return keras.ops.zeros_like(self.mask)

    def constant(self, size: int, *, name: str, trainable: bool = True) -> keras.KerasTensor:
        """One vector, zeros at first, that is the same for every example: `(batch, size)`."""
        table = keras.layers.Embedding(1, size, embeddings_initializer="zeros", trainable=trainable, name=name)
        return table(keras.ops.cast(self.mask[:, 0], "int32") * 0)

    @abstractmethod
    def vectors(self, size: int, dropout: float = 0.0) -> keras.KerasTensor:
        """One vector a step: `(batch, steps, size)`; what stands at padding is to be masked."""


@dataclass(frozen=True)
class TokenSequence(Sequence):
    """Ids of tokens: `(batch, steps)`, int32, 0 where an example has ended."""

    tokens: keras.KerasTensor

    def vectors(self, size: int, dropout: float = 0.0) -> keras.KerasTensor:
        """The row that belongs to each id, of a learned table or of pretrained vectors.

        Pretrained vectors of another size are brought to this one by a matrix that is learned; what comes out of it
        is then the layer "embedding".
        """
        sizes = token_sizes(self.sizes)
        if sizes.is_projected(size):
            table = self.look_up(sizes.vector_size, name=WORD_VECTORS, mask_zero=True, trainable=not sizes.frozen)
            vectors = keras.layers.Dense(size, use_bias=False, name=EMBEDDING)(table)
        else:
            vectors = self.look_up(size, name=EMBEDDING, mask_zero=True, trainable=not sizes.frozen)
        return keras.layers.Dropout(dropout, name="embedding_dropout")(vectors) if dropout else vectors

    @property
    def ends(self) -> keras.KerasTensor:
        """True at the marks that end a sentence, whose ids are the first."""
        known = keras.ops.greater_equal(self.tokens, FIRST_ID)
        return keras.ops.logical_and(known, keras.ops.less(self.tokens, FIRST_ID + token_sizes(self.sizes).ends))

    def look_up(self, size: int, *, name: str, **table: object) -> keras.KerasTensor:
        """Rows of a table of its own, `(batch, steps, size)`; `table`: what else `keras.layers.Embedding` takes."""
        return keras.layers.Embedding(token_sizes(self.sizes).vocabulary, size, name=name, **table)(self.tokens)


@dataclass(frozen=True)
class FrameSequence(Sequence):
    """Frames of numbers: `(batch, steps, channels)`, float32, 0 where an example has ended."""

    frames: keras.KerasTensor

    def vectors(self, size: int, dropout: float = 0.0) -> keras.KerasTensor:
        """A learned projection of each frame."""
        vectors = keras.layers.Dense(size, name=PROJECTION)(self.frames)
        return keras.layers.Dropout(dropout, name="projection_dropout")(vectors) if dropout else vectors


def sequence_input(sizes: Sizes) -> tuple[keras.KerasTensor, Sequence]:
    """A model's input, and the sequence that it is.

    Token ids 0 are padding. Frames are padded with what is not a number (NaN), in every channel: no real value is
    lost to it, and a recipe that forgets the mask cannot train unnoticed.
    """
    if isinstance(sizes.input, TokenSizes):
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        return tokens, TokenSequence(keras.ops.not_equal(tokens, 0), sizes, tokens)
    frames = keras.Input((None, sizes.input.channels), dtype="float32", name="frames")
    padding = keras.ops.isnan(frames)
    mask = keras.ops.logical_not(padding[:, :, 0])
    return frames, FrameSequence(mask, sizes, keras.ops.where(padding, 0.0, frames))


def token_sizes(sizes: Sizes) -> TokenSizes:
    """Of an input of tokens.

    Raises:
        TypeError: the input is of frames.
    """
    if isinstance(sizes.input, FrameSizes):
        raise TypeError("frames have no vocabulary")
    return sizes.input
