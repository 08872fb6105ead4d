"""Any file of series, with or without labels, read by what it contains."""

from __future__ import annotations

from dataclasses import replace

from seqcore.datasets.formats.content import Content
from seqcore.datasets.formats.unpacking import extension_of, unpack
from seqcore.datasets.labelled_series import LabelledSeries
from seqcore.datasets.series.arff_file import read_arff_series
from seqcore.datasets.series.chosen import AS_FOUND, NO_COLUMN, SeriesColumns
from seqcore.datasets.series.long import series_of_moments
from seqcore.datasets.series.number_table import NumberTable, table_of_parquet, table_of_text
from seqcore.datasets.series.opening_rows import opening_rows
from seqcore.datasets.series.outline import Outline, outline_of
from seqcore.datasets.series.raw import RawSeries, checked
from seqcore.datasets.series.ts_file import read_ts
from seqcore.datasets.series.wide import series_of_rows
from seqcore.datasets.size_limits import refuse_large_file
from seqcore.errors import DataError
from seqcore.settings import Settings


def read_series(data: bytes, name: str, *, limits: Settings, chosen: SeriesColumns = AS_FOUND) -> RawSeries:
    """The series of a file.

    Args:
        data: The file's bytes, compressed or not.
        name: As given; never trusted.
        limits: The largest file, most series.
        chosen: What a person said of it; the rest is found out.

    Raises:
        DataError: it is no file of series, damaged, too large, or not as it was said to be.
    """
    refuse_large_file(len(data), limits)
    unpacked = unpack(data, limits=limits)
    outline = outline_of(unpacked, name, chosen)
    if outline is None:
        raise DataError(
            "This is no table of numbers",
            received=f".{extension_of(name)}" if extension_of(name) else "a file without an ending",
            remedy="Give CSV, TSV, Parquet, .ts or ARFF with numbers and labels",
        )
    return checked(_read(unpacked, outline, chosen, limits))


def _read(data: bytes, outline: Outline, chosen: SeriesColumns, limits: Settings) -> RawSeries:
    if outline.form == "stored":
        return _of_stored(data)
    if outline.form == "parquet":
        return _of_table(table_of_parquet(data), outline, chosen, limits)
    text = Content(data).text.replace("\r\n", "\n").replace("\r", "\n")
    if outline.form == "ts":
        return read_ts(text, limits)
    if outline.form == "arff":
        return read_arff_series(text, limits)
    opening = opening_rows(text, chosen.header)
    if opening is None:
        raise DataError(
            "The file has one column only",
            received="no sign that separates columns",
            remedy="Separate label and numbers by tab, comma, semicolon or pipe",
        )
    columns = chosen.filled_from(outline.guess.columns)
    kept = {each for each in (columns.label, columns.series, columns.split) if each in opening.names}
    return _of_table(table_of_text(text, opening, kept), outline, chosen, limits)


def _of_table(table: NumberTable, outline: Outline, chosen: SeriesColumns, limits: Settings) -> RawSeries:
    columns = chosen.filled_from(outline.guess.columns)
    _refuse_unknown(table, columns)
    if len(table.names) < 2:
        raise DataError(
            "The file has one column only",
            received=f"“{table.names[0][:40]}”" if table.names else "none",
            remedy="Give a column of labels and columns of numbers",
        )
    if columns.label is None:
        columns = replace(columns, label=NO_COLUMN)
    read = series_of_moments if columns.layout == "long" else series_of_rows
    return read(table, columns, limits)


def _refuse_unknown(table: NumberTable, columns: SeriesColumns) -> None:
    said = (columns.label, columns.series, columns.time, columns.split, *columns.values)
    for name in said:
        if name not in (None, NO_COLUMN) and name not in table.names:
            shown = ", ".join(f"“{known}”" for known in table.names[:20])
            raise DataError(f"There is no column “{str(name)[:60]}”", remedy=f"Choose from: {shown}")
    named = [name for name in said if name not in (None, NO_COLUMN)]
    if len(set(named)) < len(named):
        raise DataError(
            "Label, series, time, split and values must be different columns",
            received=", ".join(map(str, named[:6])),
            remedy="Choose another column",
        )


def _of_stored(data: bytes) -> RawSeries:
    stored = LabelledSeries.from_parquet(data)
    numbers = [stored.number(row) for row in range(len(stored))]
    return RawSeries(stored.series, stored.labels, numbers, stored.channels, stored.given_split, stored.times)
