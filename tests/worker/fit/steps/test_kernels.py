"""The parts of a step, by known values and properties."""

import numpy as np
import pytest
import tensorflow as tf

from seqcore.worker.fit.losses import loss_and_slope, right_answers
from seqcore.worker.fit.steps import attention_kernels, kernels


@pytest.mark.parametrize("outputs", [1, 4])
def test_the_loss_is_tensorflows_also_of_logits_far_out(outputs):
    rng = np.random.default_rng(outputs)
    logits = np.concatenate([rng.normal(size=(6, outputs)), rng.normal(size=(3, outputs)) * 90]).astype(np.float32)
    labels = rng.integers(0, max(2, outputs), 9).astype(np.int32)
    slopes, loss, right = kernels.cross_entropy(logits, labels, np.ones(max(2, outputs), np.float32), 1.0)
    losses, expected = loss_and_slope(tf.constant(logits), tf.constant(labels))
    np.testing.assert_allclose(loss, losses.numpy().sum(), rtol=1e-6)
    np.testing.assert_allclose(slopes, expected.numpy(), atol=1e-6)
    assert right == right_answers(tf.constant(logits), tf.constant(labels)).numpy().sum()


def test_a_loss_that_is_no_number_stays_none():
    logits = np.array([[np.nan, 0.0]], np.float32)
    _, loss, _ = kernels.cross_entropy(logits, np.zeros(1, np.int32), np.ones(2, np.float32), 1.0)
    assert np.isnan(loss)


def test_rows_of_the_same_id_are_added():
    total = np.zeros((3, 2), np.float32)
    kernels.add_rows(total, np.array([2, 0, 2], np.int32), np.array([[1, 2], [3, 4], [5, 6]], np.float32))
    np.testing.assert_array_equal(total, [[3, 4], [0, 0], [6, 8]])


def test_the_strongest_step_is_the_first_of_those_alike():
    frames = np.array([[[1, -2], [3, -2], [3, -5]]], np.float32)
    found, places = kernels.strongest(frames)
    np.testing.assert_array_equal(found, [[3, -2]])
    np.testing.assert_array_equal(places, [[1, 0]])


def test_weights_of_what_is_masked_are_zero_and_of_nothing_real_all_alike():
    scores = np.array([[1.0, 2.0, 50.0], [1.0, 2.0, 3.0]], np.float32)
    weights = kernels.masked_softmax(scores, np.array([[True, True, False], [False, False, False]]))
    np.testing.assert_allclose(weights[0], [1 / (1 + np.e), np.e / (1 + np.e), 0], rtol=1e-6)
    np.testing.assert_allclose(weights[1], 1 / 3, rtol=1e-6)


def test_gelu_and_its_slope_are_tensorflows():
    values = np.linspace(-9, 9, 2001, dtype=np.float32)[None]
    with tf.GradientTape() as tape:
        given = tf.constant(values)
        tape.watch(given)
        expected = tf.nn.gelu(given, approximate=False)
    np.testing.assert_allclose(attention_kernels.gelu(values), expected.numpy(), atol=2e-6)
    slopes = attention_kernels.gelu_back(np.ones_like(values), values)
    np.testing.assert_allclose(slopes, tape.gradient(expected, given).numpy(), atol=2e-6)


def test_attention_reads_no_padding_and_its_weights_sum_to_one():
    rng, lengths = np.random.default_rng(0), np.array([5, 1, 37], np.int32)
    queries, keys, values = (rng.normal(size=(3, 40, 6)).astype(np.float32) for _ in range(3))
    found, weights = attention_kernels.attend(queries, keys, values, lengths, 2, 0.5)
    for row, length in enumerate(lengths):
        real = weights[row, :, :length, :length]
        np.testing.assert_allclose(real.sum(axis=2), 1, rtol=1e-5)
        assert (found[row, length:] == 0).all()
        for frames in (queries, keys, values):
            frames[row, length:] = np.nan
    np.testing.assert_array_equal(attention_kernels.attend(queries, keys, values, lengths, 2, 0.5)[0], found)
    scores = 0.5 * queries[2, :37, :3] @ keys[2, :37, :3].T
    expected = np.exp(scores - scores.max(axis=1, keepdims=True))
    expected = expected / expected.sum(axis=1, keepdims=True) @ values[2, :37, :3]
    np.testing.assert_allclose(found[2, :37, :3], expected, atol=1e-5)
