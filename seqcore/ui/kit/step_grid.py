"""The numbers of one step as a table with a bar in each cell: a row a quantity, a column a unit."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from seqcore.ui.kit.step_equations import Line, number


def step_grid(lines: Sequence[Line], units: Sequence[int], color: str, digits: int = 2) -> str:
    """The table as HTML.

    Args:
        lines: At least one; bars of gates go from 0 to 1, those of all others are drawn to one scale.
        units: Numbers of the units, one a value of each line.
        color: Of the bars.
        digits: Of each number.
    """
    most = max((float(abs(line.values).max()) for line in lines if not line.is_gate), default=0.0) or 1.0
    head = "".join(f'<th scope="col">unit {unit}</th>' for unit in units)
    body = "".join(_row(line, most, color, digits) for line in lines)
    return f'<table class="seqlab-cell"><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(line: Line, most: float, color: str, digits: int) -> str:
    cells = "".join(f"<td>{_bar(float(value), most, line, color, digits)}</td>" for value in line.values)
    return f'<tr><th scope="row">{escape(line.name)} <i>{_letter(line.letter)}</i></th>{cells}</tr>'


def _bar(value: float, most: float, line: Line, color: str, digits: int) -> str:
    width = min(100.0, 100 * abs(value) / (1.0 if line.is_gate else most)) * (1.0 if line.is_gate else 0.5)
    left = 0.0 if line.is_gate else 50.0 - (width if value < 0 else 0.0)
    said = number(value, digits).replace("-", "\N{MINUS SIGN}")
    return (
        f'<span class="bar"><span style="left:{left:.0f}%;width:{width:.0f}%;background:{color}"></span></span>{said}'
    )


def _letter(letter: str) -> str:
    base, _, below = letter.partition("_")
    return f"{escape(base)}<sub>{escape(below.strip('{}'))}</sub>" if below else escape(base)
