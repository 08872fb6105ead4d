"""Python functions on arrays as machine code: how they are compiled, and numbers that are computed side by side.

Numba compiles a kernel once on a machine and keeps it beside its file, which is all it looks at to know whether what
it kept is still right. So each file of kernels names the `checksum` of this one, which a test compares: who changes
this file changes those.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import llvmlite.binding
import llvmlite.ir
import numba
import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

# A product and the sum that it goes into may become one operation; nothing else may be rearranged: the same numbers
# give the same digits, and what is not a number stays so. Divisions as NumPy has them: no exception, so many at once.
SETTINGS: dict[str, Any] = {"fastmath": {"contract"}, "error_model": "numpy"}
ROWS = 4  # examples that are multiplied by a matrix together, so that each of its numbers is read once for all
WIDTH = 16 if llvmlite.binding.get_host_cpu_features().get("avx512f") else 8  # numbers side by side in a register
TWICE = 2 * WIDTH

# Loops are unrolled twice: a state of 32 units is then one turn, where four times would leave it to what handles rests.
llvmlite.binding.set_option("sequence-lab", "-force-vector-interleave=2")


def checksum() -> int:
    """Of this file."""
    return zlib.crc32(Path(__file__).read_bytes())


def kernel(signature: str) -> Callable[[Kernel], Kernel]:
    """Compile for one signature, without Python's lock while it runs."""

    def compiled(function: Kernel) -> Kernel:
        try:
            return numba.njit(signature, nogil=True, cache=True, **SETTINGS)(function)  # type: ignore[no-any-return]
        except RuntimeError:  # nowhere to keep it: compiled anew in every process
            return numba.njit(signature, nogil=True, **SETTINGS)(function)  # type: ignore[no-any-return]

    return compiled


def part(function: Kernel) -> Kernel:
    """A part of kernels, compiled into each."""
    return numba.njit(inline="always", **SETTINGS)(function)  # type: ignore[no-any-return]


class Lanes(types.Type):  # type: ignore[misc]
    """`WIDTH` float32 numbers in a register."""

    def __init__(self) -> None:
        super().__init__(name="Lanes")


_LANES, _VECTOR = Lanes(), llvmlite.ir.VectorType(llvmlite.ir.FloatType(), WIDTH)


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _VECTOR)


@intrinsic  # type: ignore[untyped-decorator]
def lanes(_context: Any, matrix: Any, row: Any, column: Any) -> Any:
    """matrix[row, column : column + WIDTH]."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.load(_place(context, builder, signature, given), align=4)

    return _LANES(matrix, row, column), code


@intrinsic  # type: ignore[untyped-decorator]
def put_lanes(_context: Any, matrix: Any, row: Any, column: Any, values: Any) -> Any:
    """matrix[row, column : column + WIDTH] = values."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        builder.store(given[3], _place(context, builder, signature, given), align=4)
        return context.get_dummy_value()

    return types.void(matrix, row, column, values), code


@intrinsic  # type: ignore[untyped-decorator]
def add_times(_context: Any, sums: Any, factor: Any, values: Any) -> Any:
    """sums + factor * values, rounded once where the processor can."""

    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        nothing, number = llvmlite.ir.Constant(_VECTOR, llvmlite.ir.Undefined), llvmlite.ir.IntType(32)
        everywhere = llvmlite.ir.Constant(llvmlite.ir.VectorType(number, WIDTH), [0] * WIDTH)
        factors = builder.shuffle_vector(builder.insert_element(nothing, given[1], number(0)), nothing, everywhere)
        terms = builder.fmul(factors, given[2], flags=("contract",))
        return builder.fadd(given[0], terms, flags=("contract",))

    return _LANES(sums, types.float32, values), code


@intrinsic  # type: ignore[untyped-decorator]
def zero_lanes(_context: Any) -> Any:
    """`WIDTH` zeros."""

    def code(_context: Any, _builder: Any, _signature: Any, _given: Any) -> Any:
        return llvmlite.ir.Constant(_VECTOR, [0.0] * WIDTH)

    return _LANES(), code


@intrinsic  # type: ignore[untyped-decorator]
def add_products(_context: Any, sums: Any, left: Any, right: Any) -> Any:
    """sums + left * right, number by number."""

    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.fadd(given[0], builder.fmul(given[1], given[2], flags=("contract",)), flags=("contract",))

    return _LANES(sums, left, right), code


@intrinsic  # type: ignore[untyped-decorator]
def sum_of(_context: Any, values: Any) -> Any:
    """The sum of the numbers of a register: of its halves first."""

    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        (left,), number, width = given, llvmlite.ir.IntType(32), WIDTH
        while width > 1:
            width //= 2
            half = [llvmlite.ir.VectorType(number, width)([*range(first, first + width)]) for first in (0, width)]
            lower, upper = (builder.shuffle_vector(left, left, places) for places in half)
            left = builder.fadd(lower, upper)
        return builder.extract_element(left, number(0))

    return types.float32(values), code


@intrinsic  # type: ignore[untyped-decorator]
def larger_of(_context: Any, left: Any, right: Any) -> Any:
    """The larger of each two numbers."""

    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.select(builder.fcmp_ordered(">", *given), *given)

    return _LANES(left, right), code


@intrinsic  # type: ignore[untyped-decorator]
def float_of_bits(_context: Any, bits: Any) -> Any:
    """The float32 that is written with these 32 bits."""

    def code(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.bitcast(given[0], llvmlite.ir.FloatType())

    return types.float32(types.int32), code


@part
def exp(x: Any) -> Any:
    """As in Cephes (`expf`): within 2e-7 of itself, many at once, between exp(-87) and exp(88)."""
    bounded = min(max(x, types.float32(-87)), types.float32(88))
    whole = np.floor(bounded * types.float32(1.44269504088896341) + types.float32(0.5))
    rest = bounded - whole * types.float32(0.693359375) + whole * types.float32(2.12194440e-4)
    found = types.float32(1.9875691500e-4)
    found = found * rest + types.float32(1.3981999507e-3)
    found = found * rest + types.float32(8.3334519073e-3)
    found = found * rest + types.float32(4.1665795894e-2)
    found = found * rest + types.float32(1.6666665459e-1)
    found = found * rest + types.float32(5.0000001201e-1)
    found = found * rest * rest + rest + types.float32(1)
    return found * float_of_bits((types.int32(whole) + types.int32(127)) << types.int32(23))


def _place(context: Any, builder: Any, signature: Any, given: Any) -> Any:
    """Where an element of a matrix stands, as the first of several."""
    matrix = context.make_array(signature.args[0])(context, builder, given[0])
    place = [context.cast(builder, given[axis], signature.args[axis], types.intp) for axis in (1, 2)]
    found = cgutils.get_item_pointer(context, builder, signature.args[0], matrix, place, wraparound=False)
    return builder.bitcast(found, _VECTOR.as_pointer())


@part
def _put_rows(matrix: np.ndarray, row: int, column: int, a: Any, b: Any, c: Any, d: Any) -> None:
    """A register into each of `ROWS` rows."""
    put_lanes(matrix, row, column, a)
    put_lanes(matrix, row + 1, column, b)
    put_lanes(matrix, row + 2, column, c)
    put_lanes(matrix, row + 3, column, d)


@part
def add_product(sums: np.ndarray, rows: np.ndarray, matrix: np.ndarray) -> None:
    """sums += rows @ matrix, of `ROWS` rows; each sum stays in a register until all its terms are in it."""
    inner, outer = matrix.shape
    for column in range(0, outer - TWICE + 1, TWICE):
        next_one = column + WIDTH
        a, b, c, d = lanes(sums, 0, column), lanes(sums, 1, column), lanes(sums, 2, column), lanes(sums, 3, column)
        e, f = lanes(sums, 0, next_one), lanes(sums, 1, next_one)
        g, h = lanes(sums, 2, next_one), lanes(sums, 3, next_one)
        for k in range(inner):
            here, there = lanes(matrix, k, column), lanes(matrix, k, next_one)
            a, e = add_times(a, rows[0, k], here), add_times(e, rows[0, k], there)
            b, f = add_times(b, rows[1, k], here), add_times(f, rows[1, k], there)
            c, g = add_times(c, rows[2, k], here), add_times(g, rows[2, k], there)
            d, h = add_times(d, rows[3, k], here), add_times(h, rows[3, k], there)
        _put_rows(sums, 0, column, a, b, c, d)
        _put_rows(sums, 0, next_one, e, f, g, h)
    whole = outer - outer % TWICE
    if whole + WIDTH <= outer:
        a, b, c, d = lanes(sums, 0, whole), lanes(sums, 1, whole), lanes(sums, 2, whole), lanes(sums, 3, whole)
        for k in range(inner):
            here = lanes(matrix, k, whole)
            a, b = add_times(a, rows[0, k], here), add_times(b, rows[1, k], here)
            c, d = add_times(c, rows[2, k], here), add_times(d, rows[3, k], here)
        _put_rows(sums, 0, whole, a, b, c, d)
        whole += WIDTH
    for k in range(inner):
        for row in range(ROWS):
            for column in range(whole, outer):
                sums[row, column] += rows[row, k] * matrix[k, column]


@part
def add_transposed_product(sums: np.ndarray, left: np.ndarray, right: np.ndarray, first: int, last: int) -> None:
    """sums += left[first:last].T @ right[first:last]."""
    inner, outer = sums.shape
    for row in range(0, inner - ROWS + 1, ROWS):
        for column in range(0, outer - TWICE + 1, TWICE):
            next_one = column + WIDTH
            a, b = lanes(sums, row, column), lanes(sums, row + 1, column)
            c, d = lanes(sums, row + 2, column), lanes(sums, row + 3, column)
            e, f = lanes(sums, row, next_one), lanes(sums, row + 1, next_one)
            g, h = lanes(sums, row + 2, next_one), lanes(sums, row + 3, next_one)
            for k in range(first, last):
                here, there = lanes(right, k, column), lanes(right, k, next_one)
                a, e = add_times(a, left[k, row], here), add_times(e, left[k, row], there)
                b, f = add_times(b, left[k, row + 1], here), add_times(f, left[k, row + 1], there)
                c, g = add_times(c, left[k, row + 2], here), add_times(g, left[k, row + 2], there)
                d, h = add_times(d, left[k, row + 3], here), add_times(h, left[k, row + 3], there)
            _put_rows(sums, row, column, a, b, c, d)
            _put_rows(sums, row, next_one, e, f, g, h)
    rows, columns = inner - inner % ROWS, outer - outer % TWICE
    for k in range(first, last):
        for row in range(rows):
            for column in range(columns, outer):
                sums[row, column] += left[k, row] * right[k, column]
        for row in range(rows, inner):
            for column in range(outer):
                sums[row, column] += left[k, row] * right[k, column]
