"""A training step whose batch is shared out among several devices, with the numbers that one device would give."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf

from seqcore.worker.fit.losses import cross_entropy, right_answers
from seqcore.worker.models.build import input_signature


def mirrored_step(
    network: keras.Model, optimizer: keras.optimizers.Optimizer, class_weights: np.ndarray
) -> Callable[[np.ndarray, np.ndarray], tf.Tensor]:
    """The step of `seqcore.worker.fit.loop.train_step` for the strategy in whose scope this is called.

    The texts of a batch are dealt out like cards, the same number to every device: a batch that cannot be divided is
    filled up with texts that count nothing. Gradients are summed over the devices before they are clipped, and those
    of an embedding stay the rows that they are, so that a batch moves the weights as it would on one device. Dropout
    alone is drawn anew on each.
    """
    strategy = tf.distribute.get_strategy()
    variables, weights = network.trainable_variables, tf.constant(class_weights, tf.float32)
    optimizer.build(variables)

    def on_one_device(tokens: tf.Tensor, labels: tf.Tensor, counted: tf.Tensor) -> tf.Tensor:
        dealt = slice(tf.distribute.get_replica_context().replica_id_in_sync_group, None, strategy.num_replicas_in_sync)
        mine, truth, counts = tokens[dealt], labels[dealt], counted[dealt]
        with tf.GradientTape() as tape:
            logits = network(mine, training=True)
            losses = cross_entropy(logits, truth) * counts
            loss = tf.reduce_sum(losses * tf.gather(weights, truth)) / tf.reduce_sum(counted)
        gradients = _clipped(tape.gradient(loss, variables), optimizer.global_clipnorm)
        optimizer.apply(gradients, variables)  # sums them over the devices
        return tf.stack([tf.reduce_sum(losses), tf.reduce_sum(right_answers(logits, truth) * counts)])

    def step(tokens: tf.Tensor, labels: tf.Tensor, counted: tf.Tensor) -> tf.Tensor:
        return strategy.reduce(tf.distribute.ReduceOp.SUM, strategy.run(on_one_device, (tokens, labels, counted)), None)

    signature = [input_signature(network), tf.TensorSpec([None], tf.int32), tf.TensorSpec([None])]
    traced = tf.function(step, input_signature=signature, autograph=False).get_concrete_function()
    return lambda tokens, labels: traced(*map(tf.constant, divisible(tokens, labels, strategy.num_replicas_in_sync)))


def divisible(tokens: np.ndarray, labels: np.ndarray, devices: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A batch of a multiple of `devices` texts, the first repeated at its end, and 1 for each that counts, else 0."""
    missing = -len(labels) % devices
    rows = np.concatenate([np.arange(len(labels)), np.zeros(missing, np.int64)])
    counted = np.repeat(np.array([1, 0], np.float32), [len(labels), missing])
    return tokens[rows], labels[rows], counted


def _clipped(gradients: list[tf.Tensor | tf.IndexedSlices], norm: float | None) -> list[tf.Tensor | tf.IndexedSlices]:
    """This device's part of the gradients, such that the sum over all devices has at most this norm.

    The optimizer clips before it sums, which would be another limit on every number of devices; a part of what is
    clipped here is too small for it to clip again.
    """
    if norm is None:
        return gradients
    context = tf.distribute.get_replica_context()
    summed = context.all_reduce(tf.distribute.ReduceOp.SUM, gradients)
    within, _ = tf.clip_by_global_norm(summed, norm)
    return [tf.math.scalar_mul(1 / context.num_replicas_in_sync, gradient) for gradient in within]
