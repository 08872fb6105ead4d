"""The parts of a transformer's step as machine code; `seqcore.layers.machine_code` says how they are compiled.

Padding stands at the end of an example and is left out altogether: what is asked for is zero there.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import float32

from seqcore.layers.machine_code import (
    ROWS,
    TWICE,
    WIDTH,
    add_product,
    add_products,
    add_times,
    add_transposed_product,
    exp,
    kernel,
    lanes,
    larger_of,
    part,
    put_lanes,
    sum_of,
    zero_lanes,
)

MACHINE_CODE = 0x0A9B1C0A  # the checksum of that file

LEAST = float32(-3e38)  # less than any score
FRAMES, MATRIX = "float32[:,:,::1]", "float32[:,::1]"
WEIGHTS = "float32[:,:,:,::1]"


@part
def _dot(left: np.ndarray, at: int, right: np.ndarray, row: int, count: int) -> Any:
    """The sum of left[at, :count] * right[row, :count]; `count` is a multiple of `WIDTH`."""
    sums = zero_lanes()
    for column in range(0, count, WIDTH):
        sums = add_products(sums, lanes(left, at, column), lanes(right, row, column))
    return sum_of(sums)


@part
def _turned(into: np.ndarray, frames: np.ndarray, first: int, count: int) -> None:
    """into[feature, step] = frames[step, first + feature], zeros behind `count` steps."""
    into[:] = 0
    for step in range(count):
        for feature in range(len(into)):
            into[feature, step] = frames[step, first + feature]


@part
def _rows(into: np.ndarray, frames: np.ndarray, step: int, count: int, first: int, scale: float) -> None:
    """into[n, feature] = scale * frames[step + n, first + feature], of `count` steps."""
    for each in range(count):
        for feature in range(into.shape[1]):
            into[each, feature] = scale * frames[step + each, first + feature]


@part
def _softmax(scores: np.ndarray, row: int, count: int, many: np.ndarray) -> None:
    """Of the first `count` scores of a row, in place; zeros behind. `many`: room for a register, `(1, WIDTH)`."""
    behind = scores.shape[1]
    scores[row, count:] = LEAST
    greatest = lanes(scores, row, 0)
    for column in range(WIDTH, behind, WIDTH):
        greatest = larger_of(greatest, lanes(scores, row, column))
    put_lanes(many, 0, 0, greatest)
    largest = many[0].max()
    for step in range(behind):
        scores[row, step] = exp(scores[row, step] - largest)
    scores[row, count:] = 0
    total = zero_lanes()
    for column in range(0, behind, WIDTH):
        total = add_times(total, float32(1), lanes(scores, row, column))
    share = float32(1) / sum_of(total)
    for step in range(behind):
        scores[row, step] *= share


@kernel(f"Tuple(({FRAMES}, {WEIGHTS}))({FRAMES}, {FRAMES}, {FRAMES}, int32[::1], int64, float32)")
def attend(
    queries: np.ndarray, keys: np.ndarray, values: np.ndarray, lengths: np.ndarray, heads: int, scale: float
) -> tuple[np.ndarray, np.ndarray]:
    """softmax(scale * Q Kᵀ) V of each head, Vaswani et al. 2017 (arXiv:1706.03762).

    Args:
        queries: Q, `(batch, steps, heads * size)`.
        keys: K, as Q.
        values: V, as Q.
        lengths: Real steps of each example, at its beginning.
        heads: Into which the features are divided, one after the other.
        scale: Of the scores.

    Returns:
        `(batch, steps, heads * size)`, and the weights, `(batch, heads, steps, steps)`.
    """
    batch, steps, features = queries.shape
    size = features // heads
    most = (steps + TWICE - 1) // TWICE * TWICE
    found = np.zeros(queries.shape, np.float32)
    weights = np.empty((batch, heads, steps, steps), np.float32)  # of padding nobody asks
    turned_keys, turned_values = np.empty((size, most), np.float32), np.empty((size, most), np.float32)
    few, scores = np.zeros((ROWS, size), np.float32), np.empty((ROWS, most), np.float32)
    many = np.empty((1, WIDTH), np.float32)
    for row in range(batch):
        length = lengths[row]
        for head in range(heads):
            first = head * size
            _turned(turned_keys, keys[row], first, length)
            _turned(turned_values, values[row], first, length)
            for step in range(0, length, ROWS):
                count = min(ROWS, length - step)
                _rows(few, queries[row], step, count, first, scale)
                scores[:] = 0
                add_product(scores, few, turned_keys)
                for each in range(count):
                    _softmax(scores, each, length, many)
                    for key in range(length):
                        weights[row, head, step + each, key] = scores[each, key]
                    for feature in range(size):
                        found[row, step + each, first + feature] = _dot(scores, each, turned_values, feature, most)
    return found, weights


@kernel(f"UniTuple({FRAMES}, 3)({FRAMES}, {WEIGHTS}, {FRAMES}, {FRAMES}, {FRAMES}, int32[::1], float32)")
def attend_back(
    upstream: np.ndarray,
    weights: np.ndarray,
    queries: np.ndarray,
    keys: np.ndarray,
    values: np.ndarray,
    lengths: np.ndarray,
    scale: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Back-propagation through `attend`: the gradients by Q, K and V."""
    batch, steps, features = queries.shape
    heads = weights.shape[1]
    size = features // heads
    most = (steps + TWICE - 1) // TWICE * TWICE
    by_queries, by_keys = np.zeros(queries.shape, np.float32), np.zeros(queries.shape, np.float32)
    by_values = np.zeros(queries.shape, np.float32)
    turned_keys, turned_values = np.empty((size, most), np.float32), np.empty((size, most), np.float32)
    key_sums, value_sums = np.empty((size, most), np.float32), np.empty((size, most), np.float32)
    few, slopes = np.empty((ROWS, size), np.float32), np.empty((ROWS, size), np.float32)
    shares, changes = np.empty((ROWS, most), np.float32), np.empty((ROWS, most), np.float32)
    for row in range(batch):
        length = lengths[row]
        for head in range(heads):
            first = head * size
            _turned(turned_keys, keys[row], first, length)
            _turned(turned_values, values[row], first, length)
            key_sums[:], value_sums[:] = 0, 0
            for step in range(0, length, ROWS):
                count = min(ROWS, length - step)
                few[:], slopes[:], shares[:], changes[:] = 0, 0, 0, 0
                _rows(few, queries[row], step, count, first, scale)
                _rows(slopes, upstream[row], step, count, first, float32(1))
                for each in range(count):
                    for key in range(length):
                        shares[each, key] = weights[row, head, step + each, key]
                add_product(changes, slopes, turned_values)
                for each in range(count):
                    common = _dot(shares, each, changes, each, most)
                    for key in range(most):
                        changes[each, key] = shares[each, key] * (changes[each, key] - common)
                    for feature in range(size):
                        by_queries[row, step + each, first + feature] = scale * _dot(
                            changes, each, turned_keys, feature, most
                        )
                add_transposed_product(key_sums, few, changes, 0, ROWS)
                add_transposed_product(value_sums, slopes, shares, 0, ROWS)
            for step in range(length):
                for feature in range(size):
                    by_keys[row, step, first + feature] = key_sums[feature, step]
                    by_values[row, step, first + feature] = value_sums[feature, step]
    return by_queries, by_keys, by_values


@part
def _sum(row: np.ndarray) -> Any:
    total = float32(0)
    for place in range(len(row)):
        total += row[place]
    return total


@kernel(f"Tuple(({MATRIX}, {MATRIX}, float32[::1]))({MATRIX}, float32[::1], float32[::1], float32)")
def normalise(
    inputs: np.ndarray, scale: np.ndarray, shift: np.ndarray, epsilon: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each row less its mean by its standard deviation, scaled and shifted; Ba et al. 2016 (arXiv:1607.06450).

    Returns:
        That, the rows before scale and shift, and 1 by each standard deviation.
    """
    rows, features = inputs.shape
    found, plain = np.empty(inputs.shape, np.float32), np.empty(inputs.shape, np.float32)
    inverse = np.empty(rows, np.float32)
    for row in range(rows):
        mean = _sum(inputs[row]) / float32(features)
        for feature in range(features):
            plain[row, feature] = inputs[row, feature] - mean
        squares = float32(0)
        for feature in range(features):
            squares += plain[row, feature] * plain[row, feature]
        inverse[row] = float32(1) / np.sqrt(squares / float32(features) + epsilon)
        for feature in range(features):
            plain[row, feature] *= inverse[row]
            found[row, feature] = plain[row, feature] * scale[feature] + shift[feature]
    return found, plain, inverse


@kernel(f"Tuple(({MATRIX}, float32[::1], float32[::1]))({MATRIX}, {MATRIX}, float32[::1], float32[::1])")
def normalise_back(
    upstream: np.ndarray, plain: np.ndarray, inverse: np.ndarray, scale: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Back-propagation through `normalise`: the gradients by the inputs, the scale and the shift."""
    rows, features = plain.shape
    found = np.empty(plain.shape, np.float32)
    by_scale, by_shift = np.zeros(features, np.float32), np.zeros(features, np.float32)
    for row in range(rows):
        total, along = float32(0), float32(0)
        for feature in range(features):
            found[row, feature] = upstream[row, feature] * scale[feature]
            by_scale[feature] += upstream[row, feature] * plain[row, feature]
            by_shift[feature] += upstream[row, feature]
        for feature in range(features):
            total += found[row, feature]
            along += found[row, feature] * plain[row, feature]
        total, along = total / float32(features), along / float32(features)
        for feature in range(features):
            found[row, feature] = inverse[row] * (found[row, feature] - total - plain[row, feature] * along)
    return found, by_scale, by_shift


@part
def _erf(x: Any) -> Any:
    """A quotient of polynomials, as in Eigen (`generic_fast_erf_float`): within 3e-7."""
    bounded = min(max(x, float32(-4)), float32(4))
    square = bounded * bounded
    above = float32(-2.72614225801306e-10)
    above = above * square + float32(2.77068142495902e-08)
    above = above * square + float32(-2.10102402082508e-06)
    above = above * square + float32(-5.69250639462346e-05)
    above = above * square + float32(-7.34990630326855e-04)
    above = above * square + float32(-2.95459980854025e-03)
    above = above * square + float32(-1.60960333262415e-02)
    below = float32(-1.45660718464996e-05)
    below = below * square + float32(-2.13374055278905e-04)
    below = below * square + float32(-1.68282697438203e-03)
    below = below * square + float32(-7.37332916720468e-03)
    below = below * square + float32(-1.42647390514189e-02)
    return bounded * above / below


@part
def _normal(x: Any) -> Any:
    """Φ, the distribution function of the normal distribution."""
    return float32(0.5) * (float32(1) + _erf(x * float32(0.70710678118654752)))


@kernel(f"{MATRIX}({MATRIX})")
def gelu(inputs: np.ndarray) -> np.ndarray:
    """x Φ(x); Hendrycks & Gimpel 2016 (arXiv:1606.08415)."""
    found = np.empty(inputs.shape, np.float32)
    for row in range(len(inputs)):
        for column in range(inputs.shape[1]):
            found[row, column] = inputs[row, column] * _normal(inputs[row, column])
    return found


@kernel(f"{MATRIX}({MATRIX}, {MATRIX})")
def gelu_back(upstream: np.ndarray, inputs: np.ndarray) -> np.ndarray:
    """Back-propagation through `gelu`: Φ(x) + x φ(x)."""
    found = np.empty(inputs.shape, np.float32)
    for row in range(len(inputs)):
        for column in range(inputs.shape[1]):
            x = inputs[row, column]
            density = float32(0.39894228040143268) * exp(float32(-0.5) * x * x)
            found[row, column] = upstream[row, column] * (_normal(x) + x * density)
    return found
