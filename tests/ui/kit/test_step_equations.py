"""The equations of a step with their numbers: they say what the numbers of a cell say."""

import ast
import math
import operator
import re
from collections.abc import Callable

import pytest

from seqcore.analysis.cells import GATES, CellKind
from seqcore.ui.kit.step_equations import equations_of, lines_of
from tests.ui.drawn_cell import UNITS, WORDS, answer_of

_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
_FUNCTIONS: dict[str, Callable[[float], float]] = {"tanh": math.tanh, "sigma": lambda value: 1 / (1 + math.exp(-value))}


@pytest.mark.parametrize("kind", GATES)
def test_each_equation_ends_with_what_the_cell_has(kind: CellKind) -> None:
    answer = answer_of(kind)
    for row in range(len(WORDS)):
        for column in range(UNITS):
            lines = {line.letter: line.values[column] for line in lines_of(answer, row)}
            equations = equations_of(answer, row, column)
            assert len(equations) == {"rnn": 1, "gru": 4, "lstm": 6, "min_gru": 3}[kind]
            for equation in equations:
                letter = re.search(r"aligned\} (\S+) &=", equation)
                result = re.search(r"mathbf\{(-?[\d.]+)\}", equation)
                assert letter and result
                assert float(result[1]) == pytest.approx(lines[letter[1]], abs=0.0051)


@pytest.mark.parametrize("kind", GATES)
def test_the_numbers_filled_in_give_what_stands_at_the_end(kind: CellKind) -> None:
    answer = answer_of(kind)
    for equation in equations_of(answer, 2, 1):
        filled = equation.split(r"\\ &= ")[1]
        said, result = filled.split(r" = \mathbf{")
        python = re.sub(r"\\(tanh|sigma)", r"\1", said).replace(r"\cdot", "*").replace(r"\,", "*")
        value = worked_out(ast.parse(python.strip(), mode="eval").body)
        assert value == pytest.approx(float(result.split("}")[0]), abs=0.04)  # two digits each


def worked_out(node: ast.expr) -> float:
    """What sums, differences and products of numbers come to, tanh and σ of them too."""
    match node:
        case ast.Constant(value=float() | int() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -worked_out(inner)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() as op, right=right):
            return _ARITHMETIC[type(op)](worked_out(left), worked_out(right))
        case ast.Call(func=ast.Name(id=name), args=[inner]):
            return _FUNCTIONS[name](worked_out(inner))
    raise ValueError(ast.dump(node))


def test_nothing_was_read_before_the_first_word() -> None:
    lines = {line.letter: line.values for line in lines_of(answer_of("lstm"), 0)}
    assert not lines["h_{t-1}"].any()
    assert not lines["c_{t-1}"].any()
