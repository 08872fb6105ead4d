"""Which layer, head, step or unit of a model is meant, and what is said where there is none such."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.analysis.cells import Cell, Direction
from seqcore.errors import InspectionError

SHOWN, MOST_UNITS = 4, 16  # columns of a step: where none are named, and at most


def existing(what: str, numbers: Sequence[int], there: range) -> list[int]:
    """The numbers that were asked for; all that there are where none was.

    Raises:
        InspectionError: there is none of that number; the message says which there are.
    """
    for number in numbers:
        if number not in there:
            raise InspectionError(
                f"There is no {what} of that number", received=str(number), remedy=_range_told(what, there)
            )
    return list(numbers or there)


def place_of_cell(cells: Sequence[Cell], layer: int, direction: Direction) -> int:
    """Where a layer's cell of that direction stands among the cells.

    Raises:
        InspectionError: there is none; the message says which there are.
    """
    for place, cell in enumerate(cells):
        if (cell.layer, cell.direction) == (layer, direction):
            return place
    told = ", ".join(f"{cell.layer} {cell.direction}" for cell in cells)
    raise InspectionError(
        "There is no such recurrent layer", received=f"{layer} {direction}", remedy=f"Choose from: {told}"
    )


def _range_told(what: str, there: range) -> str:
    if not there:
        return f"The model reads no {what} here"
    return f"Choose from {there[0]} to {there[-1]}"
