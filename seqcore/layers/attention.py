"""Attention over the steps of an example: one weight a step, the weights of an example sum to one."""

from __future__ import annotations

from typing import Literal

import keras

from seqcore.layers.sequence import Sequence

SCORE, WEIGHTS, SUM = "attention_score", "attention_weights", "attention_sum"


def attend_to_steps(
    states: keras.KerasTensor, sequence: Sequence, *, units: int, score: Literal["additive", "tanh"] = "additive"
) -> keras.KerasTensor:
    """Sum the states, each by the weight that its step earns.

    Padding scores minus infinity before the softmax, so its weight is exactly 0.

    Args:
        states: One state a step: `(batch, steps, features)`.
        sequence: Whose mask is used.
        units: Size of the hidden layer of the additive score.
        score: `additive`: v·tanh(W h + b), Bahdanau, Cho & Bengio 2015 (arXiv:1409.0473);
            `tanh`: tanh(w·h + b), the teaching notebook's.

    Returns:
        `(batch, features)`; the layer named `attention_weights` gives the weights, `(batch, steps)`.
    """
    if score == "additive":
        hidden = keras.layers.Dense(units, activation="tanh", name="attention_hidden")(states)
        scores = keras.layers.Dense(1, use_bias=False, name=SCORE)(hidden)
    else:
        scores = keras.layers.Dense(1, activation="tanh", name=SCORE)(states)
    scores = keras.ops.squeeze(scores, axis=-1)
    weights = keras.layers.Softmax(axis=-1, name=WEIGHTS)(scores, mask=sequence.mask)
    return keras.layers.Dot(axes=1, name=SUM)([weights, states])
