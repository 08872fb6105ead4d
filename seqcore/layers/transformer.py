"""The encoder block of a transformer."""

from __future__ import annotations

import keras

from seqcore.layers.sequence import Sequence


def vectors_with_positions(sequence: Sequence, size: int) -> keras.KerasTensor:
    """A vector a step plus a learned vector of their position (1, 2, ...): `(batch, steps, size)`.

    Positions are counted over real steps, so padding cannot shift them.
    """
    positions = keras.ops.cumsum(keras.ops.cast(sequence.mask, "int32"), axis=1)
    table = keras.layers.Embedding(sequence.sizes.input.longest + 1, size, name="position_embedding")
    return keras.layers.Add(name="embedding_sum")(
        [sequence.vectors(size), table(keras.ops.minimum(positions, sequence.sizes.input.longest))]
    )


def encoder_block(
    inputs: keras.KerasTensor, sequence: Sequence, *, heads: int, feed_forward: int, dropout: float, index: int
) -> keras.KerasTensor:
    """Self-attention and a feed-forward layer, each normalised before and added to its input.

    Vaswani et al. 2017 (arXiv:1706.03762), normalised first as in Xiong et al. 2020 (arXiv:2002.04745),
    which trains without a warm-up.

    Args:
        inputs: `(batch, steps, features)`; features must be a multiple of `heads`.
        sequence: Whose mask keeps every step from looking at padding.
        heads: Attention heads.
        feed_forward: Units of the hidden layer.
        dropout: Part of the values hidden while training.
        index: Number of the block from 0; layer `attention_{index}` gives the weights
            `(batch, heads, steps, steps)` as its second output.

    Returns:
        `(batch, steps, features)`.
    """
    layers = keras.layers
    features = inputs.shape[-1]
    normal = layers.LayerNormalization(epsilon=1e-6, name=f"normalise_attention_{index}")(inputs)
    attended, _ = layers.MultiHeadAttention(heads, features // heads, dropout=dropout, name=f"attention_{index}")(
        normal, normal, attention_mask=keras.ops.expand_dims(sequence.mask, 1), return_attention_scores=True
    )
    if dropout:
        attended = layers.Dropout(dropout, name=f"attention_dropout_{index}")(attended)
    inputs = layers.Add(name=f"attention_sum_{index}")([inputs, attended])
    normal = layers.LayerNormalization(epsilon=1e-6, name=f"normalise_feed_forward_{index}")(inputs)
    hidden = layers.Dense(feed_forward, activation="gelu", name=f"feed_forward_hidden_{index}")(normal)
    hidden = layers.Dense(features, name=f"feed_forward_{index}")(hidden)
    if dropout:
        hidden = layers.Dropout(dropout, name=f"feed_forward_dropout_{index}")(hidden)
    return layers.Add(name=f"feed_forward_sum_{index}")([inputs, hidden])
