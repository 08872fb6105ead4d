"""Our recurrent layers against Keras' own, in values and in gradients."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from seqcore.layers import gpu, recurrent

PAIRS = [
    (recurrent.SimpleRNN, keras.layers.SimpleRNN),
    (recurrent.LSTM, keras.layers.LSTM),
    (recurrent.GRU, keras.layers.GRU),
]
LENGTHS = np.array([9, 3, 1, 5, 7])
BATCH, WORDS, FEATURES, UNITS = 5, 9, 7, 6


@pytest.fixture(autouse=True, params=[False, True], ids=["on the processor", "as on a GPU"])
def seen_gpu(request, monkeypatch):
    """Whether the process believes that it sees a GPU; there is none, so Keras' layers walk on the processor."""
    monkeypatch.setattr(gpu, "has_gpu", lambda: request.param)


@pytest.mark.parametrize("both_ways", [False, True], ids=["forwards", "both ways"])
@pytest.mark.parametrize("every_word", [False, True], ids=["last state", "every state"])
@pytest.mark.parametrize(("ours", "reference"), PAIRS, ids=lambda layer: layer.__module__.split(".")[0])
def test_outputs_and_gradients_equal_those_of_keras(ours, reference, every_word, both_ways):
    rng = np.random.default_rng(0)
    inputs = tf.constant(rng.normal(size=(BATCH, WORDS, FEATURES)), tf.float32)
    mask = np.arange(WORDS) < LENGTHS[:, None]
    pair = [kind(UNITS, return_sequences=every_word) for kind in (ours, reference)]
    if both_ways:
        pair = [keras.layers.Bidirectional(layer) for layer in pair]
    for layer in pair:
        layer.build(inputs.shape)
    weights = [0.5 * rng.normal(size=weight.shape) for weight in pair[0].get_weights()]
    upstream = rng.normal(size=(BATCH, WORDS, UNITS * (1 + both_ways))) * mask[..., None]
    upstream = tf.constant(upstream if every_word else upstream[:, 0], tf.float32)

    results = []
    for layer in pair:
        layer.set_weights(weights)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            outputs = layer(inputs, mask=mask)
            total = tf.reduce_sum(outputs * upstream)
        gradients = tape.gradient(total, [inputs, *layer.trainable_variables])
        results.append(([outputs.numpy()], [gradient.numpy() for gradient in gradients]))

    (ours_out, ours_gradients), (keras_out, keras_gradients) = results
    real = mask[..., None] if every_word else True
    np.testing.assert_allclose(ours_out[0] * real, keras_out[0] * real, atol=1e-5)
    for mine, theirs in zip(ours_gradients, keras_gradients, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("words", [1, 3, 4, 5, 12])
@pytest.mark.parametrize(("ours", "reference"), PAIRS, ids=lambda layer: layer.__module__.split(".")[0])
def test_without_a_mask_every_word_counts(ours, reference, words):
    inputs = np.random.default_rng(1).normal(size=(2, words, 3)).astype("float32")
    mine, theirs = ours(5), reference(5)
    for layer in (mine, theirs):
        layer.build(inputs.shape)
    theirs.set_weights(mine.get_weights())
    np.testing.assert_allclose(mine(inputs), theirs(inputs), atol=1e-6)


@pytest.mark.parametrize("ours", [recurrent.LSTM, recurrent.GRU])
def test_a_text_without_a_word_is_one_word_of_padding(ours):
    inputs = np.random.default_rng(2).normal(size=(2, 4, 3)).astype("float32")
    layer = ours(5)
    found = layer(inputs, mask=np.array([[False] * 4, [True] * 4]))
    np.testing.assert_allclose(found[:1], layer(inputs[:1, :1]), atol=1e-6)
