"""The optimizers as Keras defines them, Adam's updates by one operation each; some variables may learn more slowly."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from seqcore.worker.compat import place_among_trained, running_averages


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
        rate = tf.cast(learning_rate, tf.float32)
        step = tf.cast(self.iterations + 1, tf.float32)  # type: ignore[attr-defined]
        mean, squares = running_averages(self, variable)
        beta_1, beta_2 = tf.constant(self.beta_1), tf.constant(self.beta_2)  # type: ignore[attr-defined]
        tf.raw_ops.ResourceApplyAdam(
            var=_handle(variable),
            m=_handle(mean),
            v=_handle(squares),
            beta1_power=tf.pow(beta_1, step),
            beta2_power=tf.pow(beta_2, step),
            lr=rate,
            beta1=beta_1,
            beta2=beta_2,
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


def _handle(variable: keras.Variable | tf.Variable) -> tf.Tensor:
    """What TensorFlow's kernels know a variable by."""
    return (variable.value if isinstance(variable, keras.Variable) else variable).handle
