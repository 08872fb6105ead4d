"""A table with a series a row: its moments are columns, or the cells of columns are lists of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from seqcore.datasets.series.chosen import NO_COLUMN, SeriesColumns
from seqcore.datasets.series.number_table import NumberTable
from seqcore.datasets.series.numbered_names import channels_of
from seqcore.datasets.series.raw import RawSeries, refuse_too_many
from seqcore.errors import DataError
from seqcore.settings import Settings


def series_of_rows(table: NumberTable, columns: SeriesColumns, limits: Settings) -> RawSeries:
    """A series of each row.

    Raises:
        DataError: a column is not there or no number, or nothing is left for the series.
    """
    label, split = _named(columns.label), _named(columns.split)
    values, left_out = _values(table, columns, {label, split})
    notes = list(table.notes)
    if left_out:
        shown = ", ".join(f"“{name[:30]}”" for name in left_out[:3]) + (", …" if len(left_out) > 3 else "")
        notes.append(f"{shown} {'is' if len(left_out) == 1 else 'are'} no number and left out")
    lists = [name for name in values if _holds_lists(table, name)]
    if lists:
        series, channels = _of_lists(table, lists), tuple(lists)
    else:
        series, channels = _of_columns(table, values, notes, limits)
    return RawSeries(
        series,
        table.texts(label) if label else [None] * len(series),
        [table.number(place) for place in range(len(series))],
        ("value",) if len(channels) == 1 else channels,
        table.texts(split) if split else None,
        notes=notes,
        has_labels=label is not None,
    )


def _values(table: NumberTable, columns: SeriesColumns, taken: set[str | None]) -> tuple[list[str], list[str]]:
    """The columns of the values, and those that are none."""
    if columns.values:
        return list(columns.values), []
    others = [name for name in table.names if name not in taken]
    numeric = [name for name in others if _holds_lists(table, name) or table.is_numeric(name)]
    kept = [name for name in numeric if not _counts_rows(table, name)] or numeric
    if not kept:
        raise DataError(
            "No column holds numbers",
            received="columns " + ", ".join(f"“{name[:30]}”" for name in table.names[:6]),
            remedy="Give a table with a column of labels and columns of numbers",
        )
    return kept, [name for name in others if name not in numeric]


def _counts_rows(table: NumberTable, name: str) -> bool:
    """Whether a column only names its rows, by its name and by what stands in it."""
    from seqcore.datasets.series.guess import names_rows

    return names_rows(name) and not _holds_lists(table, name) and table.frame[name].is_unique


def _of_columns(
    table: NumberTable, values: list[str], notes: list[str], limits: Settings
) -> tuple[list[npt.NDArray[np.float32]], tuple[str, ...]]:
    channels = channels_of(values)
    if channels is None:
        channels = {"value": list(enumerate(values))}
    moments = sorted({moment for columns in channels.values() for moment, _ in columns})
    rows, wide = len(table.frame), len(channels)
    refuse_too_many(rows, rows * len(moments) * wide, wide, limits)
    whole = np.full((rows, len(moments), wide), np.nan, np.float32)
    at = {moment: place for place, moment in enumerate(moments)}
    for channel, columns in enumerate(channels.values()):
        whole[:, [at[moment] for moment, _ in columns], channel] = table.numbers([name for _, name in columns])
    there: npt.NDArray[np.bool_] = np.any(~np.isnan(whole), axis=2)  # (rows, moments)
    ends = np.where(there.any(axis=1), len(moments) - there[:, ::-1].argmax(axis=1), 0)
    short = int((ends < len(moments)).sum())
    if short:
        notes.append(
            f"{short:,} series end{'s' * (short == 1)} before the last column: empty cells at the end of a row are "
            "no moments"
        )
    return [one[:end] for one, end in zip(whole, ends.tolist(), strict=True)], tuple(channels)


def _holds_lists(table: NumberTable, name: str) -> bool:
    first = next((cell for cell in table.frame[name].head(50).tolist() if cell is not None), None)
    return isinstance(first, list | tuple | np.ndarray)


def _of_lists(table: NumberTable, names: Sequence[str]) -> list[npt.NDArray[np.float32]]:
    """A channel of each column of lists."""
    found = []
    for place, cells in enumerate(zip(*(table.frame[name].tolist() for name in names), strict=True)):
        row = table.number(place)
        try:
            channels = [np.asarray([] if cell is None else cell, np.float32) for cell in cells]
        except (TypeError, ValueError):
            raise DataError(
                "A list holds something else than numbers",
                received=f"row {row:,}",
                remedy="Give a list of numbers in each cell",
            ) from None
        if any(one.ndim != 1 for one in channels) or len({len(one) for one in channels}) > 1:
            raise DataError(
                "The channels of a series have different lengths",
                received=f"row {row:,}: " + ", ".join(str(one.shape) for one in channels[:3]),
                remedy="Give lists of one length in each row",
            )
        found.append(np.stack(channels, axis=1))
    return found


def _named(column: str | None) -> str | None:
    return None if column in (None, NO_COLUMN) else column
