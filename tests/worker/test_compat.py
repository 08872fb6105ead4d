"""What we use of Keras and TensorFlow without a public name is still there, and still means the same."""

from __future__ import annotations

import random
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from seqcore.worker import compat


def first_weights() -> np.ndarray:
    layer = keras.layers.Dense(3)
    layer.build((2,))
    return np.asarray(layer.kernel)


def test_keras_draws_its_seeds_from_the_generator_it_is_given():
    compat.draw_seeds_from(random.Random(7))
    one = first_weights()
    random.seed(1)  # the global one has no say any more
    compat.draw_seeds_from(random.Random(7))
    assert (first_weights() == one).all()
    assert (first_weights() != one).any()


def test_saved_models_name_the_module_of_their_arithmetic():
    numbers = keras.Input((2,))
    saved = keras.Model(numbers, keras.ops.add(numbers, 1.0)).get_config()
    assert [layer["module"] for layer in saved["layers"] if layer["class_name"] == "Add"] == [compat.ARITHMETIC]


def test_traced_gradients_are_found_and_forgotten():
    @tf.custom_gradient
    def twice(number):
        return 2 * number, lambda upstream: 2 * upstream

    @tf.function
    def slope(number):
        with tf.GradientTape() as tape:
            tape.watch(number)
            doubled = twice(number)
        return tape.gradient(doubled, number)

    compat.forget_traced_gradients()
    assert compat.traced_gradients() == []
    assert slope(tf.constant(3.0)).numpy() == 2
    assert compat.traced_gradients()
    compat.forget_traced_gradients()
    assert compat.traced_gradients() == []
    assert slope(tf.constant(4.0)).numpy() == 2


def test_the_averages_of_adam_are_those_of_its_gradients():
    optimizer = keras.optimizers.Adam(beta_1=0.9, beta_2=0.99)
    variables = [keras.Variable(np.zeros(2, np.float32)), keras.Variable(np.zeros(3, np.float32))]
    gradients = [np.array([1.0, -2.0], np.float32), np.array([3.0, 4.0, -5.0], np.float32)]
    optimizer.apply([tf.constant(gradient) for gradient in gradients], variables)
    for variable, gradient in zip(variables, gradients, strict=True):
        mean, squares = compat.running_averages(optimizer, variable)
        np.testing.assert_allclose(mean, 0.1 * gradient, rtol=1e-6)
        np.testing.assert_allclose(squares, 0.01 * gradient**2, rtol=1e-4)


def test_no_other_module_of_ours_uses_a_private_name():
    """A new one belongs into `compat`, with a test here."""
    folder = Path(compat.__file__).parents[1]
    names = ("keras.src", "tensorflow.python", "_registry", "_momentums", "_velocities", "_get_variable_index")
    sources = [*(folder / "worker").rglob("*.py"), *(folder / "layers").rglob("*.py")]
    assert len(sources) > 20
    found = [
        (path.name, name)
        for path in sources
        if path.name != "compat.py"
        for name in names
        if name in path.read_text("utf-8")
    ]
    assert found == []


def test_a_traced_function_called_directly_answers_the_same():
    variable = tf.Variable([1.0, 2.0])
    traced = tf.function(
        lambda a, b: a * variable + b, input_signature=[tf.TensorSpec([2]), tf.TensorSpec([])], autograph=False
    ).get_concrete_function()
    given = tf.constant([3.0, 4.0]), tf.constant(0.5)
    np.testing.assert_array_equal(compat.call_traced(traced, *given), traced(*given))
    variable.assign([0.0, 0.0])
    np.testing.assert_array_equal(compat.call_traced(traced, *given), [0.5, 0.5])
