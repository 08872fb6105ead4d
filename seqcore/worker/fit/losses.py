"""How far a model's logits are from the labels, text by text."""

from __future__ import annotations

import tensorflow as tf


def cross_entropy(logits: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    """Loss of each text in nats, `(batch,)`, from `(batch, outputs)` logits and int32 labels."""
    if logits.shape[-1] == 1:
        return tf.nn.sigmoid_cross_entropy_with_logits(tf.cast(labels, tf.float32), logits[:, 0])
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)


def loss_and_slope(logits: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """`cross_entropy`, and what it changes with each logit, `(batch, outputs)`: the answer less the truth."""
    if logits.shape[-1] == 1:
        truth = tf.cast(labels, tf.float32)[:, None]
        return (tf.nn.softplus(logits) - truth * logits)[:, 0], tf.sigmoid(logits) - truth
    found = tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits(features=logits, labels=labels)
    return found.loss, found.backprop


def right_answers(logits: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    """1 for each text whose class has the greatest logit, else 0: `(batch,)`, float32."""
    if logits.shape[-1] == 1:
        answers = tf.cast(logits[:, 0] > 0, tf.int32)
    else:
        answers = tf.argmax(logits, axis=-1, output_type=tf.int32)
    return tf.cast(answers == labels, tf.float32)
