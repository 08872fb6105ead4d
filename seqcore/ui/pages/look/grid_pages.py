"""What Reading along and Inside the cell show, as pages that stand alone."""

from __future__ import annotations

from collections.abc import Sequence

from seqcore.architectures import appearance
from seqcore.export.grid_page import GridRow, grid_page
from seqcore.inspections import get_inspection
from seqcore.inspections.gates import GATES, GatesAnswer, GatesOfCell
from seqcore.inspections.reading_along import READING_ALONG
from seqcore.plots import ReadLine
from seqcore.plots.theme import AGAINST, FOR


def along_page(lines: Sequence[ReadLine], words: Sequence[str], label: str) -> str:
    """A row for each model, a column for each word.

    Args:
        lines: Probabilities of the class.
        words: Of the text.
        label: The class.
    """
    rows = [GridRow(line.label, line.values, appearance(line.architecture).color) for line in lines]
    note = get_inspection(READING_ALONG).how_to_read
    return grid_page(words, rows, title=f"Probability of {label} after each word", note=note, most=1.0)


def gate_page(
    answer: GatesAnswer,
    cell: GatesOfCell,
    gate: str,
    units: Sequence[int],
    *,
    title: str,
    architecture: str,
    signed: bool,
) -> str:
    """A row for each unit, a column for each word.

    Args:
        answer: Of one model to one text.
        cell: One of its layers and directions.
        gate: One of the gates or states of that.
        units: Numbers of those that are shown.
        title: What the page is called.
        architecture: Gives the colour of a gate.
        signed: Whether numbers go below 0.
    """
    color = FOR if signed else appearance(architecture).color
    grid = cell.gates[gate].astype(float)
    rows = [GridRow(f"Unit {unit}", grid[:, cell.units.index(unit)].tolist(), color) for unit in units]
    most = max(1.0, float(abs(grid).max(initial=0.0)))
    note = get_inspection(GATES).how_to_read
    return grid_page(answer.tokens, rows, title=title, note=note, most=most, against=AGAINST if signed else "")
