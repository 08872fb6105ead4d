"""A table with a moment a row: one column says of which series, another may say when."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from seqcore.datasets.series.chosen import NO_COLUMN, SeriesColumns
from seqcore.datasets.series.evenness import told_of_gaps
from seqcore.datasets.series.number_table import NumberTable
from seqcore.datasets.series.raw import RawSeries, refuse_too_many
from seqcore.errors import DataError
from seqcore.settings import Settings


def series_of_moments(table: NumberTable, columns: SeriesColumns, limits: Settings) -> RawSeries:
    """A series of all rows with the same name, in the order of their times; of all rows where no column names them.

    Raises:
        DataError: a column is not there or no number, or a series has two labels.
    """
    series = columns.series
    if series is None:
        raise DataError(
            "Which column says the series that a row belongs to?",
            received="columns " + ", ".join(f"“{name[:30]}”" for name in table.names[:8]),
            remedy="Choose it (--series-column; none: all rows are one series), or say that a row is a series",
        )
    label, split, time = (_named(name) for name in (columns.label, columns.split, columns.time))
    values = list(columns.values) or [
        name for name in table.names if name not in (series, label, split, time) and table.is_numeric(name)
    ]
    if not values:
        raise DataError("No column is left for the values", remedy="Add a column of numbers, or choose other columns")
    of: list[str | None] = [""] * len(table.frame) if series == NO_COLUMN else table.texts(series)
    order, starts, names = _grouped(of)
    refuse_too_many(len(names), len(of) * len(values), len(values), limits)
    numbers = table.numbers(values)
    notes = list(table.notes)
    without = sum(each is None for each in of)
    if without:
        notes.append(
            f"{without:,} rows without a series were left out" if without > 1 else "1 row without a series was left out"
        )
    when = None if time is None else _times(table, time)
    if when is not None:
        order = _by_time(order, starts, when)
    parts = np.split(order, starts[1:])
    times = None if when is None else [when[part] for part in parts]
    uneven = None if times is None else told_of_gaps(times)
    notes += [uneven] if uneven else []
    return RawSeries(
        [numbers[part] for part in parts],
        _one_each(table, label, parts, names, "labels") if label else [None] * len(parts),
        [table.number(int(part.min())) for part in parts],
        ("value",) if len(values) == 1 else tuple(values),
        _one_each(table, split, parts, names, "splits") if split else None,
        times,
        notes,
        has_labels=label is not None,
    )


def _grouped(of: list[str | None]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[str]]:
    """Rows of one series after those of another, where each begins, and the names, as they first appear."""
    place: dict[str, int] = {}
    codes = np.array([-1 if name is None else place.setdefault(name, len(place)) for name in of], np.int64)
    order = np.argsort(codes, kind="stable")
    order = order[codes[order] >= 0]
    starts = np.searchsorted(codes[order], np.arange(len(place)))
    return order, starts, list(place)


def _times(table: NumberTable, name: str) -> npt.NDArray[np.float64]:
    """Numbers as they are; dates as seconds.

    Raises:
        DataError: a cell is neither, or none.
    """
    import pandas as pd

    cells = table.frame[name]
    if pd.api.types.is_datetime64_any_dtype(cells):
        return cells.astype("int64").to_numpy(np.float64) / 1e9
    try:
        found = table.column(name)
    except DataError as error:
        dates = pd.to_datetime(cells, errors="coerce", utc=True, format="ISO8601")
        if dates.isna().mean() > 0.5:
            raise error from None
        found = np.asarray((dates - pd.Timestamp(0, tz="UTC")).dt.total_seconds(), np.float64)
    if np.isnan(found).any():
        row = int(np.isnan(found).argmax())
        raise DataError(
            "A moment has no time",
            received=f"row {table.number(row):,}, column “{name[:40]}”",
            remedy="Fill it in, or choose no time column: the order of the rows then counts",
        )
    return found


def _by_time(
    order: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], when: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    parts = np.split(order, starts[1:])
    return np.concatenate([part[np.argsort(when[part], kind="stable")] for part in parts])


def _one_each(
    table: NumberTable, column: str, parts: list[npt.NDArray[np.int64]], names: list[str], what: str
) -> list[str | None]:
    """What a column says of each series.

    Raises:
        DataError: two things of one.
    """
    cells = table.texts(column)
    found: list[str | None] = []
    for name, part in zip(names, parts, strict=True):
        said = list(dict.fromkeys(cell for cell in (cells[row] for row in part.tolist()) if cell is not None))
        if len(said) > 1:
            raise DataError(
                f"A series has two {what}",
                received=f"“{name[:40]}” has “{said[0][:30]}” and “{said[1][:30]}”",
                remedy="Give all rows of a series one of them, or choose other columns",
            )
        found.append(said[0] if said else None)
    return found


def _named(column: str | None) -> str | None:
    return None if column in (None, NO_COLUMN) else column
