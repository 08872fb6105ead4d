"""Matrix products and what they are compiled from, against NumPy."""

import numpy as np
import pytest

from seqcore.layers import kernels, machine_code, products
from seqcore.worker.fit.steps import attention_kernels
from seqcore.worker.fit.steps import kernels as step_kernels

# Rows, inner and outer numbers: whole registers, parts of them, and fewer than one.
SHAPES = [(8, 6, 64), (5, 3, 48), (13, 32, 128), (33, 20, 17), (1, 1, 1), (3, 7, 5), (600, 9, 33)]


def matrices(rows: int, inner: int, outer: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(rows)
    return tuple(rng.normal(size=shape).astype(np.float32) for shape in ((rows, inner), (inner, outer), (rows, outer)))


@pytest.mark.parametrize("shape", SHAPES)
def test_products_are_numpys(shape):
    left, right, other = matrices(*shape)
    bias = np.arange(shape[2], dtype=np.float32)
    np.testing.assert_allclose(products.affine(left, right, bias), left @ right + bias, atol=1e-4)
    np.testing.assert_allclose(products.product(left, right), left @ right, atol=1e-4)
    np.testing.assert_allclose(products.transposed_product(left, other), left.T @ other, atol=1e-4)
    np.testing.assert_allclose(products.column_sums(other), other.sum(axis=0), atol=1e-3)


def test_the_right_matrix_may_be_a_transposed_one():
    left, right, _ = matrices(6, 5, 7)
    np.testing.assert_array_equal(products.product(left, right.copy(order="F")), products.product(left, right))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_row_has_the_same_digits_whatever_stands_beside_it(shape):
    left, right, _ = matrices(*shape)
    together = products.product(left, right)
    for row in range(min(5, len(left))):
        np.testing.assert_array_equal(products.product(left[row : row + 1], right)[0], together[row])


@pytest.mark.parametrize("file", [kernels, products, step_kernels, attention_kernels])
def test_files_of_kernels_know_what_they_are_compiled_with(file):
    """Numba looks at a kernel's own file to know whether what it kept is still right: see `machine_code`."""
    assert machine_code.checksum() == file.MACHINE_CODE, "write the new checksum into every file of kernels"


def test_a_kernel_is_compiled_where_nothing_can_be_kept(monkeypatch):
    asked = []

    def refusing(signature, cache=False, **settings):
        asked.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(machine_code.numba, "njit", refusing)
    assert machine_code.kernel("float32(float32)")(len) is len
    assert asked == [True, False]
