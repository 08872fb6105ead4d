"""Attention over the steps of an example: one weight a step, the weights of an example sum to one."""

from __future__ import annotations

from typing import Literal

import keras

from seqcore.layers.sequence import Sequence

SCORE, WEIGHTS, SUM = "attention_score", "attention_weights", "attention_sum"


def attend(
    states: keras.KerasTensor,
    mask: keras.KerasTensor,
    *,
    units: int,
    score: Literal["additive", "tanh"] = "additive",
    name: str = "attention",
) -> keras.KerasTensor:
    """The sum of some states, each by its weight; `name` begins the names of its layers.

    Args:
        states: `(batch, steps, features)`.
        mask: True at real steps: `(batch, steps)`.
        units: As for `attend_to_steps`.
        score: As for `attend_to_steps`.
        name: "attention" gives the layers "attention_weights", "attention_sum" and so on.

    Returns:
        `(batch, features)`.
    """
    if score == "additive":
        hidden = keras.layers.Dense(units, activation="tanh", name=f"{name}_hidden")(states)
        scores = keras.layers.Dense(1, use_bias=False, name=f"{name}_score")(hidden)
    else:
        scores = keras.layers.Dense(1, activation="tanh", name=f"{name}_score")(states)
    scores = keras.ops.squeeze(scores, axis=-1)
    weights = keras.layers.Softmax(axis=-1, name=f"{name}_weights")(scores, mask=mask)
    return keras.layers.Dot(axes=1, name=f"{name}_sum")([weights, states])


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
    return attend(states, sequence.mask, units=units, score=score)
