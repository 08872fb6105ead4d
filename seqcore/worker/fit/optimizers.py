"""The optimizers as Keras defines them, Adam's updates by one operation each; some variables may learn more slowly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import keras
import tensorflow as tf

from seqcore.worker.compat import place_among_trained, running_averages

Gradient: TypeAlias = Any  # a tensor, or the rows of one (tf.IndexedSlices)


class _Rates:
    """Variables that take a part of the learning rate only.

    Attributes:
        rates: What each takes, in the order of the variables; empty: all of it.
    """

    rates: tuple[float, ...] = ()

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Move one variable along its gradient."""
        if self.rates:
            learning_rate = learning_rate * self.rates[place_among_trained(self, variable)]
        super().update_step(gradient, variable, learning_rate)  # type: ignore[misc]


class _FusedUpdate:
    """Adam's update (Kingma & Ba 2015, arXiv:1412.6980) by TensorFlow's kernel instead of ten small operations.

    Same formula as `keras.optimizers.Adam`: epsilon outside the bias correction.
    """

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """Move one variable along its gradient."""
        self.move(gradient, variable, tf.cast(learning_rate, tf.float32), self.powers())

    def powers(self) -> tuple[tf.Tensor, tf.Tensor]:
        """Both decay rates to the power of this step's number, from 1."""
        step = tf.cast(self.iterations + 1, tf.float32)  # type: ignore[attr-defined]
        return tf.pow(tf.constant(self.beta_1), step), tf.pow(tf.constant(self.beta_2), step)  # type: ignore[attr-defined]

    def move(self, gradient: Any, variable: Any, rate: tf.Tensor, powers: tuple[tf.Tensor, tf.Tensor]) -> None:
        """Move one variable, given what is the same for all of them."""
        mean, squares = running_averages(self, variable)
        tf.raw_ops.ResourceApplyAdam(
            var=_handle(variable),
            m=_handle(mean),
            v=_handle(squares),
            beta1_power=powers[0],
            beta2_power=powers[1],
            lr=rate,
            beta1=tf.constant(self.beta_1),  # type: ignore[attr-defined]
            beta2=tf.constant(self.beta_2),  # type: ignore[attr-defined]
            epsilon=tf.constant(self.epsilon),  # type: ignore[attr-defined]
            grad=tf.convert_to_tensor(gradient),
        )


class Adam(_Rates, _FusedUpdate, keras.optimizers.Adam):  # type: ignore[misc]
    """`keras.optimizers.Adam`, faster."""


class AdamW(_Rates, _FusedUpdate, keras.optimizers.AdamW):  # type: ignore[misc]
    """`keras.optimizers.AdamW`, faster (Loshchilov & Hutter 2019, arXiv:1711.05101)."""


class SGD(_Rates, keras.optimizers.SGD):  # type: ignore[misc]
    """`keras.optimizers.SGD`, with rates."""


class RMSprop(_Rates, keras.optimizers.RMSprop):  # type: ignore[misc]
    """`keras.optimizers.RMSprop`, with rates."""


def apply(
    optimizer: keras.optimizers.Optimizer, gradients: Sequence[Gradient | None], variables: Sequence[Any]
) -> None:
    """What `optimizer.apply` does; Adam's in fewer operations, as much is the same for all variables.

    Rows of an embedding's gradient stay rows until they are summed, once; as Keras has it, each counts by itself in
    the norm that is clipped.
    """
    if not isinstance(optimizer, Adam | AdamW):
        optimizer.apply(gradients, variables)
        return
    pairs = [(each, variable) for each, variable in zip(gradients, variables, strict=True) if each is not None]
    if optimizer.global_clipnorm:
        scale = _clip_scale([gradient for gradient, _ in pairs], optimizer.global_clipnorm)
        pairs = [(_scaled(gradient, scale), variable) for gradient, variable in pairs]
    rate, powers = tf.cast(optimizer.learning_rate, tf.float32), optimizer.powers()
    for gradient, variable in pairs:
        if optimizer.weight_decay:
            variable.assign_sub(variable * optimizer.weight_decay * rate)
        part = optimizer.rates[place_among_trained(optimizer, variable)] if optimizer.rates else 1.0
        optimizer.move(gradient, variable, rate if part == 1.0 else rate * part, powers)
    optimizer.iterations.assign_add(1)


def _clip_scale(gradients: Sequence[Gradient], most: float) -> tf.Tensor:
    """What all gradients are multiplied with so that their common norm is at most `most`; infinity is not a number."""
    halves = [tf.nn.l2_loss(each.values if isinstance(each, tf.IndexedSlices) else each) for each in gradients]
    norm = tf.sqrt(2 * tf.add_n(halves))
    return most * tf.minimum(1 / norm, 1 / most) + (norm - norm)


def _scaled(gradient: Gradient, scale: tf.Tensor) -> Gradient:
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(gradient.values * scale, gradient.indices, gradient.dense_shape)
    return gradient * scale


def _handle(variable: keras.Variable | tf.Variable) -> tf.Tensor:
    """What TensorFlow's kernels know a variable by."""
    return (variable.value if isinstance(variable, keras.Variable) else variable).handle
