"""The encoder of the BERT family, of Keras' own layers."""

from __future__ import annotations

from dataclasses import dataclass

import keras

from seqcore.layers.sequence import EMBEDDING, TokenSequence

FIRST_OF_STEPS = "first_of_steps"  # the layer that takes the state of the first token


@dataclass(frozen=True)
class Block:
    """What the blocks have in common.

    Attributes:
        heads: Attention heads.
        feed_forward: Units of the hidden layer.
        activation: Of that layer.
        epsilon: Added to variances before a division.
        dropout: Part of the values hidden while training.
    """

    heads: int
    feed_forward: int
    activation: str
    epsilon: float
    dropout: float


def embedded(
    sequence: TokenSequence, size: int, positions: int, *, epsilon: float, trainable: bool
) -> keras.KerasTensor:
    """A vector a token plus one of its position, normalised: `(batch, steps, size)`.

    Positions are counted over real steps, so padding cannot shift them.
    """
    layers, ops = keras.layers, keras.ops
    counted = ops.cumsum(ops.cast(sequence.mask, "int32"), axis=1)
    places = ops.clip(counted - 1, 0, positions - 1)
    words = sequence.look_up(size, name=EMBEDDING, trainable=trainable)
    table = layers.Embedding(positions, size, name="position_embedding", trainable=trainable)
    summed = layers.Add(name="embedding_sum")([words, table(places)])
    return layers.LayerNormalization(epsilon=epsilon, name="normalise_embedding", trainable=trainable)(summed)


def block(
    inputs: keras.KerasTensor, sequence: TokenSequence, shape: Block, *, index: int, trainable: bool
) -> keras.KerasTensor:
    """Self-attention and a feed-forward layer, each added to its input and normalised behind.

    Devlin et al. 2019 (arXiv:1810.04805), after Vaswani et al. 2017 (arXiv:1706.03762).

    Args:
        inputs: `(batch, steps, features)`; features must be a multiple of the heads.
        sequence: Whose mask keeps every step from looking at padding.
        shape: Sizes of the block.
        index: Number of the block from 0; layer `attention_{index}` gives the weights
            `(batch, heads, steps, steps)` as its second output.
        trainable: Whether training changes it; what it leaves as it is has no dropout.

    Returns:
        `(batch, steps, features)`.
    """
    layers, features = keras.layers, inputs.shape[-1]
    dropout = shape.dropout if trainable else 0.0
    attention = layers.MultiHeadAttention(
        shape.heads, features // shape.heads, dropout=dropout, name=f"attention_{index}", trainable=trainable
    )
    mask = keras.ops.expand_dims(sequence.mask, 1)
    attended, _ = attention(inputs, inputs, attention_mask=mask, return_attention_scores=True)
    for weight in attention.weights:  # of its parts, which Keras does not tell
        weight.trainable = trainable
    if dropout:
        attended = layers.Dropout(dropout, name=f"attention_dropout_{index}")(attended)
    summed = layers.Add(name=f"attention_sum_{index}")([inputs, attended])
    states = layers.LayerNormalization(epsilon=shape.epsilon, name=f"normalise_attention_{index}", trainable=trainable)(
        summed
    )
    hidden = layers.Dense(
        shape.feed_forward, activation=shape.activation, name=f"feed_forward_hidden_{index}", trainable=trainable
    )(states)
    hidden = layers.Dense(features, name=f"feed_forward_{index}", trainable=trainable)(hidden)
    if dropout:
        hidden = layers.Dropout(dropout, name=f"feed_forward_dropout_{index}")(hidden)
    summed = layers.Add(name=f"feed_forward_sum_{index}")([states, hidden])
    return layers.LayerNormalization(
        epsilon=shape.epsilon, name=f"normalise_feed_forward_{index}", trainable=trainable
    )(summed)


def first_of(states: keras.KerasTensor) -> keras.KerasTensor:
    """The state of the first token: `(batch, features)`."""
    return keras.layers.Activation("linear", name=FIRST_OF_STEPS)(states[:, 0])
