"""A file that is one series, a row a moment: no column says so, for there is nothing to tell apart."""

from __future__ import annotations

from dataclasses import replace

from seqcore.datasets.formats.content import Content
from seqcore.datasets.series.chosen import NO_COLUMN, SeriesColumns
from seqcore.datasets.series.guess import names_moments, names_rows
from seqcore.datasets.series.number_cells import is_missing, is_number
from seqcore.datasets.series.outline import Outline
from seqcore.errors import DataError

_LOOKED_AT = 200  # lines
REASON = "The whole table was taken for one series: a row is a moment"


def with_moments_counted(data: bytes) -> bytes:
    """A file of a single column of numbers with a column beside it that counts them; any other as it is."""
    try:
        text = Content(data).text.replace("\r\n", "\n").replace("\r", "\n")
    except DataError:
        return data
    lines = [line.strip() for line in text.strip().split("\n")]
    name = "value" if _is_cell(lines[0]) else lines.pop(0)
    there = lines[:_LOOKED_AT]
    if not there or not all(map(_is_cell, there)) or "," in name:
        return data
    counted = "\n".join(f"{number},{line}" for number, line in enumerate(lines, start=1))
    return f"moment,{name}\n{counted}\n".encode()


def as_one_series(outline: Outline, channels: int) -> Outline:
    """The outline of a table that has a column for each channel of a model: it holds one series; else as it is.

    Args:
        outline: As it was found.
        channels: Of the series that the model learned from.
    """
    guess = outline.guess
    if not outline.is_table or guess.columns.layout != "wide":
        return outline
    time = next((name for name in outline.names if names_moments(name)), NO_COLUMN)
    measured = [name for name in outline.names if name != time and not names_rows(name)]
    label = guess.columns.label if len(measured) != channels else None  # else one of the channels was taken for it
    values = [name for name in measured if name != label]
    if len(values) != channels:
        return outline
    columns = SeriesColumns(
        "long",
        label or NO_COLUMN,
        tuple(values),
        series=NO_COLUMN,
        time=time,
        split=NO_COLUMN,
        header=guess.columns.header,
    )
    return replace(outline, guess=replace(guess, columns=columns, reasons=(REASON,)))


def _is_cell(line: str) -> bool:
    return is_number(line) or is_missing(line)
