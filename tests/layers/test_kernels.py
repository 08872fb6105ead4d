"""The compiled walks: what they promise beyond Keras' values, which test_recurrent.py compares."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit

from seqcore.layers import kernels

UNITS, STEPS = 6, 11
LENGTHS = np.array([11, 3, 1, 7, 11, 2, 9], np.int32)
GATES = {"simple_rnn": 1, "gru": 3, "lstm": 4}


def given(name, seed=0):
    """What a walk forwards is given, but for the direction."""
    rng = np.random.default_rng(seed)
    width = GATES[name] * UNITS
    projected = rng.normal(size=(len(LENGTHS), STEPS, width)).astype(np.float32)
    recurrent = rng.normal(size=(UNITS, width)).astype(np.float32)
    biases = [rng.normal(size=width).astype(np.float32)] if name == "gru" else []
    return [projected, recurrent, *biases, LENGTHS]


def states(name, arrays, from_end=False):
    found = getattr(kernels, name)(*arrays, from_end)
    return found if name == "simple_rnn" else found[0]


@pytest.mark.parametrize("from_end", [False, True])
@pytest.mark.parametrize("name", GATES)
def test_an_example_has_the_same_digits_whatever_stands_beside_it(name, from_end):
    projected, *weights, lengths = given(name)
    together = states(name, [projected, *weights, lengths], from_end)
    for row in range(len(lengths)):
        one = [np.ascontiguousarray(projected[row : row + 1]), *weights, lengths[row : row + 1].copy()]
        np.testing.assert_array_equal(states(name, one, from_end)[0], together[row])


@pytest.mark.parametrize("name", GATES)
def test_states_after_the_end_are_zeros_and_padding_is_never_read(name):
    projected, *rest = given(name)
    after = np.arange(STEPS)[None, :] >= LENGTHS[:, None]
    found = states(name, [projected, *rest])
    projected[after] = np.nan
    np.testing.assert_array_equal(states(name, [projected, *rest]), found)
    assert (found[after] == 0).all() and (found[~after] != 0).all()


@pytest.mark.parametrize("name", GATES)
def test_reading_from_the_end_is_reading_the_reversed_example(name):
    projected, *rest = given(name)
    turned = np.zeros_like(projected)
    for row, length in enumerate(LENGTHS):
        turned[row, :length] = projected[row, :length][::-1]
    backwards, forwards = states(name, [projected, *rest], from_end=True), states(name, [turned, *rest])
    for row, length in enumerate(LENGTHS):
        np.testing.assert_array_equal(backwards[row, :length], forwards[row, :length][::-1])


@pytest.mark.parametrize("name", GATES)
def test_what_is_not_a_number_stays_so_to_the_end_of_its_example(name):
    projected, *rest = given(name)
    projected[0, 4] = np.nan
    found = states(name, [projected, *rest])
    assert np.isnan(found[0, 4:]).all()
    assert np.isfinite(found[0, :4]).all() and np.isfinite(found[1:]).all()


def test_tanh_is_that_of_numpy_also_far_out():
    @njit
    def all_of(values):
        found = values.copy()
        kernels.tanh_all(found, 0, len(found))
        return found

    values = np.concatenate([np.linspace(-12, 12, 4001), [np.inf, -np.inf, 0.0, 1e-30]]).astype(np.float32)
    found = all_of(values)
    np.testing.assert_allclose(found, np.tanh(values.astype(np.float64)), atol=4e-7)
    assert set(np.abs(found[np.abs(values) > 8])) == {1.0}  # so that nothing moves a unit at its limit
