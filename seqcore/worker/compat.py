"""Everything the worker uses of Keras and TensorFlow that has no public name, each behind a function of ours.

Another version may change any of it without a word; `tests/worker/test_compat.py` notices.
"""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import keras
import tensorflow as tf
from keras.src.random import seed_generator
from tensorflow.python.framework import ops

ARITHMETIC = "keras.src.ops.numpy"  # the module that a saved model names for Keras' arithmetic
_TRACED = "CustomGradient-"


def draw_seeds_from(generator: random.Random) -> None:
    """Let Keras draw the seeds of initial weights and of dropout from here, instead of Python's global generator."""
    seed_generator.python_random = generator


def traced_gradients() -> list[str]:
    """Names of the gradients that TensorFlow keeps because a `tf.custom_gradient` was traced."""
    return [name for name in ops.gradient_registry.list() if name.startswith(_TRACED)]


def forget_traced_gradients() -> None:
    """Let go of them, and of the graphs that they hold."""
    for name in traced_gradients():
        del ops.gradient_registry._registry[name]


def running_averages(
    optimizer: keras.optimizers.Adam, variable: keras.Variable | tf.Variable
) -> tuple[keras.Variable, keras.Variable]:
    """Adam's averages of a variable's gradients and of their squares, as it keeps them."""
    index = optimizer._get_variable_index(variable)
    return optimizer._momentums[index], optimizer._velocities[index]


def place_among_trained(optimizer: Any, variable: keras.Variable | tf.Variable) -> int:
    """The place of a variable among those that an optimizer was built for."""
    return int(optimizer._get_variable_index(variable))


def call_traced(traced: Any, *given: tf.Tensor) -> Any:
    """Call a traced function with tensors that fit its signature, without asking whether they do: 20 µs less."""
    return traced._call_flat(list(given), traced.captured_inputs)


class Call(NamedTuple):
    """A layer or operation of a functional model, as it is called there.

    Attributes:
        operation: Which.
        inputs: The tensors that it is given, the mask last, by their identities.
        constants: What else it is given, in order.
        output: The tensor that it gives.
    """

    operation: Any
    inputs: list[int]
    constants: list[Any]
    output: int


def calls_of(network: keras.Model) -> list[Call]:
    """All calls of a functional model beside its inputs, in an order in which they can be computed."""
    by_depth = network._nodes_by_depth
    nodes = [node for depth in sorted(by_depth, reverse=True) for node in by_depth[depth] if not node.is_input]
    found = []
    for node in nodes:
        named = {name: value for name, value in node.arguments.kwargs.items() if name != "training"}
        given = keras.tree.flatten([*node.arguments.args, *named.values()])
        tensors = [id(each) for each in given if isinstance(each, keras.KerasTensor)]
        constants = [each for each in given if not isinstance(each, keras.KerasTensor)]
        found.append(Call(node.operation, tensors, constants, id(node.outputs[0])))
    return found
