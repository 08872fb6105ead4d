"""The architectures of stock Keras layers, on TensorFlow or on JAX."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from benchmarks.peer_texts import RATE, Epoch, Texts, batches_of, padded

WIDTHS, HEADS, ROUNDED = (2, 3, 4), 4, 8


def stock_model(texts: Texts, name: str) -> Any:
    """A model of (texts, steps) ids, 0 is padding, to logits."""
    import keras

    layers, ops, units = keras.layers, keras.ops, texts.units
    ids = keras.Input((None,), dtype="int32")
    real = ops.not_equal(ids, 0)
    vectors = layers.Embedding(texts.vocabulary, units, mask_zero=name not in ("cnn", "transformer"))(ids)
    cells = {"rnn": layers.SimpleRNN, "lstm": layers.LSTM, "gru": layers.GRU}
    if name.removeprefix("bi") in cells:
        cell = cells[name.removeprefix("bi")](units)
        features = (layers.Bidirectional(cell) if name.startswith("bi") else cell)(vectors)
    elif name == "lstm_attention":
        states = layers.LSTM(units, return_sequences=True)(vectors)
        hidden = layers.Dense(units, activation="tanh")(states)
        scores = layers.Dense(1, use_bias=False)(hidden)
        weights = layers.Softmax(axis=1)(scores, mask=real[:, :, None])
        features = ops.sum(weights * states, axis=1)
    elif name == "transformer":
        features = _transformer(texts, ids, real, vectors)
    elif name == "cnn":
        shown = ops.cast(real, "float32")[:, :, None]
        filters = [layers.Conv1D(units, width, padding="same", activation="relu")(vectors * shown) for width in WIDTHS]
        features = ops.max(ops.concatenate(filters, axis=2) * shown, axis=1)
    else:
        raise SystemExit(f"stock Keras has no {name}")
    return keras.Model(ids, layers.Dense(texts.outputs)(features))


def _transformer(texts: Texts, ids: Any, real: Any, vectors: Any) -> Any:
    import keras

    layers, ops, units = keras.layers, keras.ops, texts.units
    places = ops.minimum(ops.cumsum(ops.cast(real, "int32"), axis=1), int(texts.lengths.max()))
    states = vectors + layers.Embedding(int(texts.lengths.max()) + 1, units)(places)
    normal = layers.LayerNormalization(epsilon=1e-6)(states)
    states += layers.MultiHeadAttention(HEADS, units // HEADS)(normal, normal, attention_mask=real[:, None, :])
    normal = layers.LayerNormalization(epsilon=1e-6)(states)
    states += layers.Dense(units)(layers.Dense(units, activation="gelu")(normal))
    states = layers.LayerNormalization(epsilon=1e-6)(states)
    return layers.GlobalAveragePooling1D()(states, mask=real)


def jax_epoch(texts: Texts, name: str, threads: int) -> Epoch:
    """An epoch of steps that JAX compiled whole, one program a width and number of rows."""
    os.environ["KERAS_BACKEND"] = "jax"
    if threads:
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:threads]))
    import jax
    import keras

    keras.utils.set_random_seed(0)
    model, optimizer = stock_model(texts, name), keras.optimizers.Adam(RATE)
    optimizer.build(model.trainable_variables)
    if texts.outputs == 1:
        loss_of = keras.losses.BinaryCrossentropy(from_logits=True)
    else:
        loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def cost(trainable: Any, fixed: Any, ids: Any, labels: Any) -> Any:
        logits, fixed = model.stateless_call(trainable, fixed, ids, training=True)
        return loss_of(labels[:, None], logits), fixed

    @jax.jit
    def step(state: Any, ids: Any, labels: Any) -> Any:
        trainable, fixed, moments = state
        (loss, fixed), slopes = jax.value_and_grad(cost, has_aux=True)(trainable, fixed, ids, labels)
        trainable, moments = optimizer.stateless_apply(moments, slopes, trainable)
        return loss, (trainable, fixed, moments)

    variables = (model.trainable_variables, model.non_trainable_variables, optimizer.variables)
    state = tuple([each.value for each in kind] for kind in variables)
    rng = np.random.default_rng(0)
    compiled: set[tuple[int, ...]] = set()

    def epoch() -> None:
        nonlocal state
        for rows in batches_of(texts, rng, bucketed=True):
            ids = padded(texts, rows, multiple=ROUNDED)
            compiled.add(ids.shape)
            loss, state = step(state, ids, texts.labels[rows])
            float(loss)

    def until_compiled() -> None:
        before = -1
        while len(compiled) != before:  # widths that only some draws of the batches have
            before = len(compiled)
            epoch()

    return _first(until_compiled, epoch)


def _first(once: Epoch, then: Epoch) -> Epoch:
    """The one the first time, the other from then on."""
    turn = iter([once])
    return lambda: next(turn, then)()
