"""A step as TensorFlow traces it: for every model."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from seqcore.worker.compat import call_traced
from seqcore.worker.fit import optimizers
from seqcore.worker.fit.losses import loss_and_slope, right_answers
from seqcore.worker.fit.mirrored import mirrored_step
from seqcore.worker.fit.steps.step import Step, Taken
from seqcore.worker.models.build import input_signature
from seqcore.worker.runtime.threads import Threads, one_thread


class TracedStep(Step):
    """One compiled step for batches of any shape.

    Args:
        network: Ends with its logits.
        optimizer: Of `seqcore.worker.fit.optimizers`.
        class_weights: `(classes,)`.
    """

    def __init__(self, network: keras.Model, optimizer: keras.optimizers.Optimizer, class_weights: np.ndarray) -> None:
        variables = network.trainable_variables
        optimizer.build(variables)
        weights = None if np.all(class_weights == 1) else tf.constant(class_weights, tf.float32)

        def step(inputs: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
            with tf.GradientTape() as tape:
                logits = network(inputs, training=True)
            losses, slope = loss_and_slope(logits, labels)
            if weights is not None:
                slope *= tf.gather(weights, labels)[:, None]
            slope /= tf.cast(tf.shape(labels)[0], tf.float32)
            optimizers.apply(optimizer, tape.gradient(logits, variables, output_gradients=slope), variables)
            return tf.stack([tf.reduce_sum(losses), tf.reduce_sum(right_answers(logits, labels))])

        signature = [input_signature(network), tf.TensorSpec([None], tf.int32)]
        with one_thread():
            self._traced = tf.function(step, input_signature=signature, autograph=False).get_concrete_function()
        self._threads = Threads(network)

    def __call__(self, inputs: np.ndarray, labels: np.ndarray) -> Taken:
        """Take the step."""
        with self._threads.of_batch(*inputs.shape[:2]):
            # Called as traced: choosing among traces anew at every step costs a quarter of a small step.
            return Taken(*call_traced(self._traced, tf.constant(inputs), tf.constant(labels)).numpy().tolist())


class MirroredStep(Step):
    """One step dealt to all devices of the strategy in whose scope it is made; arguments as for `TracedStep`."""

    def __init__(self, network: keras.Model, optimizer: keras.optimizers.Optimizer, class_weights: np.ndarray) -> None:
        self._take = mirrored_step(network, optimizer, class_weights)

    def __call__(self, inputs: np.ndarray, labels: np.ndarray) -> Taken:
        """Take the step."""
        return Taken(*self._take(inputs, labels).numpy().tolist())
