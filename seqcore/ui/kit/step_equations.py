"""The equations of a recurrent cell with the numbers of one step filled in, told without Streamlit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqcore.inspections.cell_step import CellStepAnswer

LETTERS = {"input": "i", "forget": "f", "candidate": "g", "output": "o", "update": "z", "reset": "r", "hidden": "h_t"}
_ORDER = ("forget", "input", "candidate", "output", "reset", "update", "hidden")  # as one tells it


@dataclass(frozen=True)
class Line:
    """Some numbers of one step, one a unit.

    Attributes:
        letter: In the equations, LaTeX.
        name: What people call it.
        values: (units,).
        is_gate: Whether they are from 0 to 1.
    """

    letter: str
    name: str
    values: NDArray[np.float64]
    is_gate: bool = False


def lines_of(answer: CellStepAnswer, row: int) -> list[Line]:
    """Everything that a cell has at a step, in the order in which it is computed.

    Args:
        answer: Of one model to one text.
        row: Which of the answer's steps, from 0.
    """
    lines = [Line("h_{t-1}", "state before", answer.previous_hidden[row])]
    if answer.previous_cell is not None:
        lines.append(Line("c_{t-1}", "memory before", answer.previous_cell[row]))
    for name in _ordered(answer):
        squashed = name not in ("candidate", "hidden")
        if name != "hidden":
            said = f"{name} gate" if squashed else name
            lines.append(Line(LETTERS[name], said, answer.gates[name].after[row], is_gate=squashed))
    if answer.new_cell is not None:
        lines.append(Line("c_t", "memory after", answer.new_cell[row]))
    return [*lines, Line("h_t", "state after", answer.hidden[row])]


def equations_of(answer: CellStepAnswer, row: int, column: int) -> list[str]:
    """The equations of one unit at one step, each with its numbers, in LaTeX.

    Args:
        answer: Of one model to one text.
        row: Which of the answer's steps, from 0.
        column: Which of its units, from 0.
    """
    found = [_gate(name, answer, row, column) for name in _ordered(answer)]
    previous, hidden = answer.previous_hidden[row, column], answer.hidden[row, column]
    after = {name: gate.after[row, column] for name, gate in answer.gates.items()}
    if answer.previous_cell is not None and answer.new_cell is not None:
        memory = answer.new_cell[row, column]
        terms = [(after["forget"], answer.previous_cell[row, column]), (after["input"], after["candidate"])]
        found.append(aligned("c_t", r"f\,c_{t-1} + i\,g", _sum_of_products(terms), number(memory)))
        shown = rf"{number(after['output'])}\cdot\tanh({number(memory)})"
        found.append(aligned("h_t", r"o\,\tanh(c_t)", shown, number(hidden)))
    elif answer.cell == "min_gru":
        terms = [(1 - after["update"], previous), (after["update"], after["candidate"])]
        found.append(aligned("h_t", r"(1 - z)\,h_{t-1} + z\,g", _sum_of_products(terms), number(hidden)))
    elif "update" in after:
        terms = [(after["update"], previous), (1 - after["update"], after["candidate"])]
        found.append(aligned("h_t", r"z\,h_{t-1} + (1 - z)\,g", _sum_of_products(terms), number(hidden)))
    return found


def _ordered(answer: CellStepAnswer) -> list[str]:
    return sorted(answer.gates, key=_ORDER.index)


def _gate(name: str, answer: CellStepAnswer, row: int, column: int) -> str:
    gate, letter = answer.gates[name], LETTERS[name]
    below = "" if name == "hidden" else f"_{letter}"
    squash = r"\tanh" if name in ("candidate", "hidden") else r"\sigma"
    word, state, bias = gate.from_input[row, column], gate.from_state[row, column], gate.bias[column]
    extra = 0.0 if gate.state_bias is None else gate.state_bias[column]
    if answer.cell == "min_gru":
        formula, numbers = rf"W{below} x_t + b{below}", _sum([word, bias])
        if name != "candidate":
            formula, numbers = f"{squash}({formula})", f"{squash}({numbers})"
    elif name == "candidate" and "reset" in answer.gates:
        reset = answer.gates["reset"].after[row, column]
        formula = rf"{squash}(W{below} x_t + b{below} + r\,(U{below} h_{{t-1}} + d{below}))"
        numbers = rf"{squash}({_sum([word, bias])} + {number(reset)}\,({_sum([state, extra])}))"
    else:
        formula = rf"{squash}(W{below} x_t + U{below} h_{{t-1}} + b{below})"
        numbers = f"{squash}({_sum([word, state, bias + extra])})"
    return aligned(letter, formula, numbers, number(gate.after[row, column]))


def aligned(letter: str, formula: str, numbers: str, result: str) -> str:
    """An equation in two lines, below each other, so that they have room on a telephone: symbols, then numbers."""
    return rf"\begin{{aligned}} {letter} &= {formula} \\ &= {numbers} = \mathbf{{{result}}} \end{{aligned}}"


def number(value: float, digits: int = 2) -> str:
    """A number with so many digits, without a sign where it is shown as 0."""
    said = f"{value:.{digits}f}"
    return said.removeprefix("-") if not float(said) else said


def _sum(values: list[float]) -> str:
    said = [number(value) for value in values]
    return " ".join([said[0], *(f"- {each[1:]}" if each.startswith("-") else f"+ {each}" for each in said[1:])])


def _sum_of_products(terms: list[tuple[float, float]]) -> str:
    return " + ".join(product_of(factor, value) for factor, value in terms)


def product_of(factor: float, value: float, digits: int = 2) -> str:
    """Two numbers multiplied, in LaTeX.

    Args:
        factor: From 0.
        value: In brackets where it is below 0.
        digits: Of both.
    """
    said = number(value, digits)
    return rf"{number(factor, digits)}\cdot{f'({said})' if said.startswith('-') else said}"
