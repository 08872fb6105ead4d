"""Matrix products as machine code, of matrices so small that a library spends its time on everything else.

Of large ones they are as fast as OpenBLAS is on the same registers; their digits are the same on every processor.
"""

from __future__ import annotations

import numpy as np

from seqcore.layers.machine_code import ROWS, add_product, add_transposed_product, kernel

MACHINE_CODE = 0x0A9B1C0A  # the checksum of that file
_MANY = 256  # rows that are near at hand while all columns are gone through

MATRIX = "float32[:,::1]"
NOTHING = np.zeros(0, np.float32)  # no bias


@kernel(f"{MATRIX}({MATRIX}, {MATRIX}, float32[::1])")
def affine(left: np.ndarray, right: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """left @ right + bias, `(n, k)`, `(k, m)` and `(m,)` to `(n, m)`; a bias `(0,)` is none."""
    count, outer = len(left), right.shape[1]
    sums = np.empty((count, outer), np.float32)
    last = np.zeros((ROWS, outer), np.float32)
    few = np.zeros((ROWS, left.shape[1]), np.float32)
    for row in range(count):
        if len(bias):
            sums[row] = bias
        else:
            sums[row] = 0
    for row in range(0, count - ROWS + 1, ROWS):
        add_product(sums[row : row + ROWS], left[row : row + ROWS], right)
    rest = count % ROWS
    if rest:
        few[:rest], last[:rest] = left[count - rest :], sums[count - rest :]
        add_product(last, few, right)
        sums[count - rest :] = last[:rest]
    return sums


@kernel(f"{MATRIX}({MATRIX}, {MATRIX})")
def transposed_product(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """left.T @ right, `(n, k)` and `(n, m)` to `(k, m)`: what many examples ask of a matrix, summed."""
    sums = np.zeros((left.shape[1], right.shape[1]), np.float32)
    for first in range(0, len(left), _MANY):
        add_transposed_product(sums, left, right, first, min(first + _MANY, len(left)))
    return sums


@kernel(f"float32[::1]({MATRIX})")
def column_sums(matrix: np.ndarray) -> np.ndarray:
    """The sum of each column, `(m,)`."""
    sums = np.zeros(matrix.shape[1], np.float32)
    for row in range(len(matrix)):
        for column in range(matrix.shape[1]):
            sums[column] += matrix[row, column]
    return sums


def product(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """left @ right, `(n, k)` and `(k, m)` to `(n, m)`; the right one may lie in memory as it likes."""
    return affine(left, np.ascontiguousarray(right), NOTHING)
